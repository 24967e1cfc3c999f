import type { Messages } from './zh'

export const en: Messages = {
  app: { title: 'HazardMap', name: 'HazardMap', tagline: 'One map, one table of hazardous waters', sample: 'Sample data', sampleLong: 'Sample data: division names and borders are real; the register of waters and facilities is generated and says nothing about real places.' },
  session: {
    checking: 'Connecting…', link: 'First time here: open the one-time login link that the terminal printed at start-up. It works once; this browser then stays logged in.',
    again: 'Link already used? Run ./hazardmap up on the server again: it prints a new one.', user: 'User name', password: 'Password', enter: 'Log in', entering: 'Logging in…',
    wrong: 'User name or password is wrong.', leave: 'Log out', ended: 'Your session has ended. Please log in again.', signedInAs: 'Logged in as', or: 'or with an account',
  },
  language: { zh: '中文', en: 'English' },
  totals: { waters: 'Waters', facilities: 'Facilities', },
  level: { Red: 'Red', Orange: 'Orange', Yellow: 'Yellow', Blue: 'Blue', None: 'None' },
  levelLong: { Red: 'Red (severe)', Orange: 'Orange (high)', Yellow: 'Yellow (moderate)', Blue: 'Blue (low)', None: 'Not scored' },
  kind: { River: 'River', Stream: 'Stream', Lake: 'Lake', Reservoir: 'Reservoir', Pond: 'Pond', Canal: 'Canal', Well: 'Well or cistern', Pit: 'Pit', Weir: 'Weir', Other: 'Other' },
  facility: {
    School: 'School', Kindergarten: 'Kindergarten', ChildrensHome: 'Children\'s home', SwimmingPool: 'Swimming pool', CareHome: 'Care home', Canteen: 'Canteen', Bathhouse: 'Bathhouse',
    CounsellingRoom: 'Counselling room', SocialWorkStation: 'Social-work station', ProtectionCentre: 'Child protection centre',
  },
  status: { Active: 'Active', Rectifying: 'Being put right', Closed: 'Closed' },
  flow: { Still: 'Still', Slow: 'Slow', Fast: 'Fast' },
  bank: { Gentle: 'Gentle', Steep: 'Steep', Sheer: 'Sheer' },
  access: { Open: 'Open', Restricted: 'Restricted', Fenced: 'Fenced' },
  one: { HasSign: 'Warning sign', HasRing: 'Life ring', HasRope: 'Rope', HasPole: 'Pole', HasCamera: 'Camera', title: 'Four ones', present: 'there', missing: 'missing', missingCount: '{count} missing', complete: 'complete' },
  role: { Leader: 'Leader', Owner: 'Owner', Warden: 'Warden', Inspector: 'Inspector', Rescuer: 'Rescuer' },
  map: {
    label: 'Map of hazardous waters', layers: 'Layers', legend: 'Legend', waters: 'Waters', facilities: 'Facilities', borders: 'Borders', rivers: 'Rivers', reach: '3 km reach',
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', home: 'Whole area', zoomForSingles: 'Zoom in to see single waters and facilities', cell: '{count} waters', cellRed: '{count} of them red', failed: 'The map could not be drawn',
    failedRemedy: 'Check that the service is running, then try again.', noWebGl: 'This browser has no WebGL, so there is no map; the ledger still works.', schematic: 'schematic, not for surveying',
    clickToZoom: 'Click to zoom in', loading: 'Drawing the map…', all: 'All', none: 'None',
  },
  ledger: {
    title: 'Ledger', search: 'Search name, code, township…', kind: 'All kinds', level: 'All levels', county: 'All counties', status: 'Any status', inView: 'Only in view', clear: 'Clear filters',
    count: '{shown} of {total}', loading: 'Loading {loaded} of {total}', empty: 'No water matches', emptyRemedy: 'Loosen the filters, or move the map.', none: 'The ledger is empty',
    noneRemedy: 'Import a ledger or an OSM extract with ./hazardmap import.', failed: 'The ledger could not be loaded', capped: 'Only the {count} of highest risk are loaded',
    column: { level: 'Level', name: 'Name', kind: 'Kind', place: 'Township / village', ones: '4 ones', score: 'Score' }, sortBy: 'Sort by {column}',
  },
  hazard: {
    kind: 'Kind', division: 'Division', owner: 'Owner', depth: 'Depth', flow: 'Flow', bank: 'Bank', access: 'Access', status: 'Status', inspected: 'Last inspected', due: 'Next inspection',
    position: 'Longitude, latitude', source: 'Source', updated: 'Updated', version: 'Version', metres: 'm', ledger: 'Ledger', people: 'Who answers for it', noPeople: 'Nobody is named yet', noPeopleRemedy: 'Every water should have somebody who answers for it.',
    since: 'since {day}', close: 'Close', edit: 'Edit', loading: 'Reading…', failed: 'This water could not be read', gone: 'This water no longer exists, or lies outside your area.', flyTo: 'Show on map', 
    synthetic: 'Sample', 
  },
  risk: {
    title: 'Why this score', score: 'Risk score', rule: 'Rule {rule}', exposure: 'Children nearby', factors: 'Factors', sum: 'Exposure', times: '× factors', 
    under5: '{count} under 5', aged5To14: '{count} aged 5–14', none: 'No facility with children within 3 km', closed: 'A closed water scores 0.', source: 'Source', walk: 'on foot', more: 'Show all {count}', less: 'Show fewer', noFactors: 'No factors',
    sureness: { low: 'weak evidence', medium: 'some evidence', high: 'firm' }, how: 'Every facility with children within 3 km adds exposure that fades with its distance from the water; the sum is multiplied by the factors of the water itself.', failed: 'The explanation could not be read',
  },
  factor: { kind: 'Kind', depth: 'Depth', flow: 'Flow', bank: 'Bank', access: 'Access', sign: 'Warning sign', ring: 'Life ring', rope: 'Rope', pole: 'Pole', camera: 'Camera', incidents: 'Past incidents', month: 'Month', hour: 'Hour', unknown: 'not known', absent: 'no', present: 'yes' },
  edit: {
    title: 'Edit water', save: 'Save', saving: 'Saving…', cancel: 'Cancel', unset: 'Not known', saved: 'Saved; the risk score is up to date.', nothing: 'Nothing changed', 
    stale: 'Somebody has just changed this water', staleRemedy: 'Your changes are not saved yet. Compare the record as it is now with what you entered, and choose.', now: 'Now', yours: 'Yours', keepTheirs: 'Keep the record', applyMine: 'Save mine anyway', failed: 'Could not be saved', yes: 'Yes', no: 'No',
  },
  coverage: {
    title: 'Coverage', kind: 'Facility', within: 'Within', demand: 'Demand', level: 'By', running: 'Computing…', total: 'Covered in all', of: '{covered} of {demand}', share: 'Covered', need: 'Demand', nearest: 'Nearest (median / 90% / farthest)',
    median: 'Median', gaps: 'Left out', gapsCount: '{count} left out', truncated: 'The first {count} are listed', noGaps: 'Nobody is left out', noDemand: 'No demand', classes: 'Share covered', failed: 'Coverage could not be computed', geodesic: 'straight distance on the ellipsoid',
    demands: { pupils: 'Pupils', children: 'Children', elders: 'Elders', points: 'Points' }, levels: { County: 'County', Township: 'Township', Village: 'Village' }, division: 'Division', 
  },
  state: { retry: 'Try again', failed: 'Something went wrong', offline: 'The service cannot be reached. Check the network and try again.', loading: 'Loading…' },
  field: { list: 'Ledger', layers: 'Layers', coverage: 'Coverage', expand: 'Expand panel', collapse: 'Collapse panel', locate: 'My position', locateFailed: 'No position' },
}
