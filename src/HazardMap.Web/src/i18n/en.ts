import type { Messages } from './zh'

export const en: Messages = {
  app: {
    title: 'HazardMap', name: 'HazardMap', tagline: 'One map, one table of hazardous waters', sample: 'Sample data',
    sampleLong:
      'Sample data: division names and borders are real; the register of waters and facilities is generated and says ' +
      'nothing about real places.',
  },
  session: {
    checking: 'Connecting…',
    link:
      'First time here: open the one-time login link that the terminal printed at start-up. It works once; this ' +
      'browser then stays logged in.',
    again: 'No link, or already used? Run ./hazardmap login on the server: it prints a new one.', user: 'User name', password: 'Password',
    enter: 'Log in', entering: 'Logging in…', wrong: 'User name or password is wrong.', leave: 'Log out',
    ended: 'Your session has ended. Please log in again.',
    kept: 'What you entered is kept; you go on with it after logging in.', elsewhere: 'Logged in elsewhere, go on',
    or: 'or with an account', keep: 'Stay logged in on this device (30 days)',
    code: 'Code', codeOrRecovery: 'Code or recovery code',
    codeNeeded: 'The password is right. Enter the six digits of your authenticator app; without the phone, a recovery code.',
    otherUser: 'Another account', first: 'First log-in', firstLong: 'First time? Set a password with the one-time code you were given',
    firstWhat: 'Enter the one-time code that you were given, and the password you want to use from now on (8 to 200 characters).',
    oneTimeCode: 'One-time code', newPassword: 'New password', back: 'I have a password: back', set: 'Set password and log in',
  },
  account: {
    title: 'My account', short: 'Account', close: 'Close', again: 'Try again',
    devices: 'Devices logged in', thisOne: '(this one)', seen: 'last seen {seen}, logged in {began}', endSession: 'Log out there',
    code: 'Second factor',
    codeWhat: 'When it is on, logging in needs the six digits of an authenticator app besides the password.',
    codeIsOn: 'It is on; recovery codes left: {left}.', codeBegin: 'Turn it on',
    codeScan: 'Photograph the square with the authenticator app, then enter the code that it shows.',
    codePicture: 'A square code for an authenticator app',
    codeType: 'If it cannot be photographed, type this secret:', codeConfirm: 'Confirm', codeRemove: 'Turn it off',
    recovery: 'Write these recovery codes down and keep them safe. Each logs in once when the phone is lost; they are not shown again:',
    password: 'Change the password', present: 'Present password', passwordChange: 'Change the password',
    passwordChanged: 'The password is changed; other log-ins and tokens that ended: {count}.',
    noPassword: 'This account has no password and logs in by link. On the server, ./hazardmap user password sets one.',
  },
  language: { zh: '中文', en: 'English' },
  totals: { waters: 'Waters', facilities: 'Facilities' },
  one: { title: 'Four ones', present: 'there', missing: 'missing', missingCount: '{count} missing', complete: 'complete' },
  map: {
    label: 'Map of hazardous waters', layers: 'Layers', legend: 'Legend', fromZoom: 'Seen from zoom {zoom} on', zoomIn: 'Zoom in',
    zoomOut: 'Zoom out', home: 'Whole area', zoomForSingles: 'Zoom in to see single waters and facilities',
    failed: 'The map could not be drawn', failedRemedy: 'Check that the service is running, then try again.',
    noWebGl: 'This browser has no WebGL, so there is no map; the ledger still works.', schematic: 'schematic, not for surveying',
    loading: 'Drawing the map…', all: 'All', none: 'None', cutoff: '{distance} circle',
  },
  ledger: {
    title: 'Ledger', search: 'Search name, code, township…', kind: 'All kinds', level: 'All levels', county: 'All counties',
    status: 'Any status', inView: 'Only in view', clear: 'Clear filters', count: '{shown} of {total}',
    loading: 'Loading {loaded} of {total}', empty: 'No water matches', emptyRemedy: 'Loosen the filters, or move the map.',
    none: 'The ledger is empty', noneRemedy: 'Import a ledger or an OSM extract with ./hazardmap import.',
    failed: 'The ledger could not be loaded', capped: 'Only the {count} of highest risk are loaded',
    column: { level: 'Level', name: 'Name', kind: 'Kind', place: 'Township / village', ones: '4 ones', score: 'Score',
      distance: 'Distance' },
    near: 'Nearest to me',
    sortBy: 'Sort by {column}',
  },
  hazard: {
    ledger: 'Ledger', people: 'Who answers for it', noPeople: 'Nobody is named yet',
    noPeopleRemedy: 'Every water should have somebody who answers for it.', since: 'since {day}', close: 'Close', edit: 'Edit',
    loading: 'Reading…', failed: 'This water could not be read', gone: 'This water no longer exists, or lies outside your area.',
    flyTo: 'Show on map', navigate: 'Navigate', synthetic: 'Sample',
  },
  risk: {
    title: 'Why this score', score: 'Risk score', rule: 'Rule {rule}', exposure: 'Children nearby', factors: 'Factors', sum: 'Exposure',
    times: '× factors', under5: '{count} under 5', aged5To14: '{count} aged 5–14', none: 'No facility with children within {distance}',
    closed: 'A closed or filled water scores 0.', source: 'Source', more: 'Show all {count}', less: 'Show fewer', noFactors: 'No factors',
    sureness: { low: 'weak evidence', medium: 'some evidence', high: 'firm' },
    how:
      'Every facility with children within {distance} adds exposure that fades with its distance from the water; the ' +
      'sum is multiplied by the factors of the water itself.',
    failed: 'The explanation could not be read', unscored: 'None', reachIs: 'Its worst reach: {ordinal} of {of}',
    reachFrom: '{from} to {to} from its start',
  },
  factor: { incidents: 'Past incidents', month: 'Month', hour: 'Hour', unknown: 'not known', absent: 'no', present: 'yes',
    notice: 'Flood or release', fenceupkeep: 'Fence looked at', rescue: 'Ring, rope, pole', never: 'never', days: '{count} days ago',
  },
  edit: {
    title: 'Edit water', save: 'Save', saving: 'Saving…', cancel: 'Cancel', unset: 'Not known',
    saved: 'Saved; the risk score is up to date.', nothing: 'Nothing changed',
    stale: 'Somebody else has just changed the same facts, otherwise than you',
    staleRemedy:
      'Your changes are not saved yet. Choose for each which shall stand; changes not listed are in no dispute, and are saved too.',
    base: 'When you began', now: 'Theirs', yours: 'Yours', byAt: '{who}, {moment}', at: '{moment}', back: 'Back to the form',
    saveChosen: 'Save as chosen', applyMine: 'Mine for all', failed: 'Could not be saved', yes: 'Yes', no: 'No', drop: 'Discard changes',
    goOn: 'Go on editing', merged: 'Somebody else changed meanwhile, and it is kept: {fields}.',
    restored: 'What you entered at {moment} and have not saved is back.',
    notKept: 'This browser cannot keep drafts (its storage is full or forbidden): save before you close this page.',
  },
  leave: {
    title: 'Your changes are not saved', text: 'The draft stays on this device; you can go on later.', keep: 'Keep the draft and leave',
    stay: 'Go on editing',
  },
  gone: {
    title: 'This water was deleted, or lies no longer in your area',
    remedy: 'What you entered was not saved. It is still on this device, to be copied:', copy: 'Copy',
  },
  drafts: { title: 'Unsaved drafts', of: '{name} ({moment})' },
  offline: {
    title: 'Offline', text: 'The service cannot be reached: see the ledger as read last; what you enter stays on this device.',
    age: 'Offline; as read at {moment}', broken: 'This page could not be loaded',
    brokenRemedy: 'The network may be gone. Try again when it is back; nothing that you entered is lost.',
    update: 'There is a new version', updateNow: 'Update',
  },
  coverage: {
    title: 'Coverage', kind: 'Facility', within: 'Within', demand: 'Demand', level: 'By', running: 'Computing…', total: 'Covered in all',
    of: '{covered} of {demand}', share: 'Covered', need: 'Demand', nearest: 'Nearest (median / 90% / farthest)', median: 'Median',
    gaps: 'Left out', gapsCount: '{count} left out', truncated: 'The first {count} are listed', noGaps: 'Nobody is left out',
    noDemand: 'No demand', classes: 'Share covered', failed: 'Coverage could not be computed',
    geodesic: 'straight distance on the ellipsoid', division: 'Division',
  },
  run: {
    pages: { quick: 'Quick look', runs: 'Runs' }, runs: 'Runs', all: 'All runs', new: 'New run', start: 'Start',
    cancel: 'Cancel the run', progress: 'Progress', noRuns: 'No run yet. Begin one: choose facility, demand, mode and bands.',
    mode: 'Mode', unit: 'Unit', minutes: 'min',
    noRoads:
      'No roads are loaded: on foot is measured straight, and by car cannot be measured. Import an OpenStreetMap ' +
      'extract with ./hazardmap import to measure along roads.',
    bands: 'Bands', bandsHint: 'Rising, parted by spaces; the last is the threshold, and exactly at it is covered.',
    weights: 'Weight of each band (stepped method, optional)', name: 'Name', includePlanned: 'Planned facilities serve too',
    moreOptions: 'More options', demandKind: 'Facilities counted', measure: 'Measure',
    measures: {
      Share: 'Share covered', NearestP50: 'Nearest facility (median)', ProviderRatio: 'Capacity per person, by division',
      TwoStep: 'Accessibility 2SFCA', Stepped: 'Accessibility E2SFCA (stepped)', Gaussian: 'Accessibility E2SFCA (Gaussian)',
      ThreeStep: 'Accessibility 3SFCA',
    },
    measuresShort: {
      Share: 'Covered', NearestP50: 'Median', ProviderRatio: 'Ratio', TwoStep: 'Per head', Stepped: 'Per head', Gaussian: 'Per head',
      ThreeStep: 'Per head',
    },
    compare: 'Compare with', noComparison: 'Nothing', compared: 'Covered in all {before} → {now}; table and map show what changed.',
    change: 'Change',
    distances: { geodesic: 'straight distance on the ellipsoid', walk: 'on foot along roads', drive: 'by car along roads' },
    supply: '{supplies} facilities, capacity {capacity}',
    error: 'Outlines of the areas are right to {metres} m; people are counted by measured distance, not by the drawing.',
    firstOf: 'The {shown} with most people, of {total}', inputs: 'Inputs',
    reproduce: 'SHA-256 of all inputs: equal inputs give equal results.', histogram: 'People by the way to their nearest facility',
    people: '{count} people', unreached: '{count} people reach no facility at all', export: 'Export', areas: 'Catchments',
  },
  trips: {
    sentence: '{deaths} deaths of children expected in 1,000 years ({low}–{high}): {levels}', eitherOr: '{one} or {other}',
    plain:
      'In plain words: of 1,000 waters like this one, about {deaths} children aged 1–14 would drown in a year, all together. ' +
      'Little is known, so in eight of ten cases the true figure lies between {low} and {high}.',
    unit: 'deaths in 1,000 years ({low}–{high})', notHeld: 'The level is not sure (held with {held}), so both colours are shown.',
    nobody: 'By what is known no child comes here: it is filled in, or no children are registered near by.',
    deadliness: 'Deadliness {grade} ({word})', deadly1: 'lower', deadly2: 'usual', deadly3: 'high', deadly4: 'very high',
    deadlinessMeaning: 'How dangerous one visit is, however many come; waters of grade IV keep their mark even when blue.',
    deadlinessIs: 'A visit is {times} times as dangerous as the register’s mean.',
    record: 'Its own record counts: {events} drownings of children in {years} years, which makes the score {factor}.',
    noRecord: 'The county has not said since which year its record of drownings is complete, so no record counts here.',
    measure: 'Find out first: {facts}. Nobody has stated it; knowing it makes the result surer.', comma: ', ',
    who: 'Who comes', rough: 'Of most homes only the centre of the village is known, so this is rough: enter hamlets or houses first.',
    noPlaces: 'No homes or schools with children are registered within reach.',
    near: 'Within {metres} m: homes at {places} places with about {children} children. ',
    nearAtLeast: 'Within {metres} m: homes at {places} places or more, with at least about {children} children. ',
    peak: 'Most come at: {day}, {hour}.', hours: '{from}:00–{to}:00',
    kind: {
      building: 'Houses', place: 'Hamlet', childrenshome: 'Children’s home (stands for homes)',
      centre: 'Centre of the village (stands for homes)', facility: 'School or day care',
    },
    children: '{count} children', competing: '{count} other waters to go to, {share} come here', visits: '{count} visits',
    visitsDaily: 'about {count} unsupervised visits a day in the summer holidays',
    firstOf: 'The {shown} that most come from, of {count}', rivals: 'Waters that these children also go to',
    when: 'When they come', shown: '{month}, {day}, {hour}: about {visits} visits.',
    timesMean: 'The danger then is {times} times that of a mean hour of the year.', wholeYear: 'Whole year',
    group: {
      attraction: 'Attraction (5–14): do they come', deadliness: 'Deadliness (5–14): how dangerous is it then',
      attraction1To4: 'Attraction (1–4)', deadliness1To4: 'Deadliness (1–4)',
    },
    whereTo: 'Where would children go instead?', nobodyMoves: 'As many come as before: this only makes a visit safer.',
    moved: '{own} fewer visits here on a holiday; {all} of them go to no water any more, the others elsewhere:',
    more: '{count} more visits', perThousand: '/1,000 y',
    perThousandMeans:
      'Deaths of children expected in 1,000 years: of 1,000 waters like this one so many children drown in a year, all together. ' +
      'Click to sort',
    mayAlsoBe: 'May also be {level}: the level is not sure', ownGrade: 'The county’s own grade',
    takeHigher: 'It differs: patrols follow the higher of the two.',
  },
  tripsLegend: {
    unit: 'Deaths of children expected in 1,000 years: red from {red}, orange from {orange}, yellow from {yellow} on, the rest blue.',
    title: 'Level = how many children come × how deadly a visit is', deadly: 'Deadliness',
    visits: 'Figures above: unwatched visits a day in the summer holidays.',
  },
  visits: {
    title: 'When children come', toggle: 'By time', close: 'No longer colour by time', day: 'Kind of day', at: '{month} · {day} · {hour}',
    zoomIn: 'Zoom in to see the map at this time.', nobody: 'By the rule no child goes to any water alone at this time.',
    legend: 'An unwatched child comes every …', under: 'less than {hours} h', between: '{from}–{to} h', rarer: 'longer',
    rough: 'Of {count} of {all} villages only the centre is known, not where children live.',
    unknown: '{count} of {all} villages have no number of children; theirs are not counted.',
    homesRemedy:
      'The levels of waters near them are rough. Fill in children, and import settlements (hamlets or houses) with ./hazardmap import.',
  },
  worst: { title: 'Ten worst', county: 'County', failed: 'The ranking could not be read', none: 'No scored water here' },
  whatIf: { title: 'What would lower it most', none: 'Nothing is left to do', failed: 'Measures could not be estimated' },
  changes: {
    title: 'Changes of level', none: 'The level has never changed', first: 'first graded', failed: 'The history could not be read',
  },
  when: {
    title: 'Season and hour', reference: 'Reference (summer afternoon)', months: 'Months', hours: 'Hours',
    shown: 'Shown for {month}, {hour}; in summer in the afternoon it is {score}.',
  },
  state: {
    retry: 'Try again', failed: 'Something went wrong', offline: 'The service cannot be reached. Check the network and try again.',
    loading: 'Loading…',
  },
  field: {
    list: 'Ledger', worst: 'Worst', layers: 'Layers', coverage: 'Coverage', expand: 'Expand panel', collapse: 'Collapse panel',
    locate: 'My position', locateFailed: 'No position',
  },
  ways: {
    waiting: 'Changes waiting to be taken up: {count}, for {seconds} s', current: 'Up to date; last changed {moment}',
    parts: 'door {door} + path {path} + bank {bank}',
  },
}
