#!/usr/bin/env python3
"""The independent examiner of rule 2027-1. risk_2027.py DATABASE (as psql takes it) computes every score from the specification and exits 1
where one is off; after --scale it looks at a scale on its day instead: deaths, margins, every child in one place at every hour. Taken as
they are: the scale's numbers, its means of unknown facts, where lines are cut (lengths are looked at). PostGIS chooses the nearest place
of a line or area to a centimetre: with any, numbers are equal to 1e-6, else to 1e-9. Needs psql; nobody should edit meanwhile."""
import calendar, datetime, functools, itertools, json, math, pathlib, subprocess, sys
ROOT, DATABASE, AGES = pathlib.Path(__file__).resolve().parents[2], sys.argv[-1], ("aged1To4", "aged5To14")
KINDS, DAYS = "River Stream Lake Reservoir Pond Canal Well Pit Weir Other".split(), ("SchoolDay", "Weekend", "Holiday")
# Who is where, in the order of the stored trips: age, base, whether (-) they are missing at the home where they stand.
ENTRIES = [(a, base.rstrip("-"), base[-1] == "-") for a, bases in enumerate((
    "Home Kindergarten- ChildrensHome- SwimmingPool- Kindergarten ChildrensHome", "Home School- Boarding- Kindergarten- ChildrensHome- "
    "SwimmingPool- School Boarding Kindergarten ChildrensHome")) for base in bases.split()]
ENTRY, HOME, OF_AGE = {e: i for i, e in enumerate(ENTRIES)}, (0, 6), (range(6), range(6, 16))
def psql(script):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", DATABASE], input=script, text=True, capture_output=True)
    return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else sys.exit(f"psql: {done.stderr}")
def read(query): return psql(f"select row_to_json(q) from ({query}) q")
def plain(node): return node["value"] if node.keys() == {"value", "sd", "source", "sureness"} else node   # of a number what it is
NAME, SCALE = read("""select rule, (select scale from register.risk_scales s where s.rule = a.rule order by created_at desc, id desc limit 1
) from register.active_risk_rule a""")[0].values()
RULE = json.loads((ROOT / f"geodata/rules/{NAME}.json").read_text("utf-8"), object_hook=plain)
WATERS = read("""select h.*, r.*, st_dimension(shape::geometry) as d, coalesce(current_date - last_inspected_at::date, 1000000) as days,
    date_trunc('year', now() + '1y')::date - since as recorded, (select array[count(distinct occurred_on), count(*)] from register.incidents
      i where i.hazard_id = h.id and occurred_on >= since and age_band in ('Under5', 'Aged5To14') and outcome = 'Died') as y
  from register.hazards h left join register.hazard_risks r on hazard_id = h.id left join lateral (
    select incidents_complete_since as since from register.divisions d where starts_with(h.division_code, d.code)
      and incidents_complete_since is not null order by length(d.code) desc limit 1) c on true order by h.id""")
if not SCALE: sys.exit("scores without a scale" if any(w["score"] for w in WATERS) else print("no scale, and all scores are 0"))
PEAK, (RHO, G, H, YEAR) = RULE["season"]["peakMonth"], (SCALE[k] for k in ("Visits", "Months", "Hours", "Year"))
C, PER_YEAR, MEAN = (list(SCALE[k].values()) for k in ("DeathsPerVisit", "DeathsPerYear", "MeanDeadliness"))
def product(side, w, a):
    table, p = RULE[side][AGES[a]], 0 if w["status"] == "Filled" else RULE[side][AGES[a]]["kind"][w["kind"]]
    for i, fact in enumerate(f for f in ("depth", "flow", "bank", "access") if f in table):
        known, fence = w["depth_metres" if fact == "depth" else fact], RULE["fence"]
        if known is None: p *= SCALE["Unknown"][(KINDS.index(w["kind"]) * 4 + i) * 2 + a][side.capitalize()]
        elif fact == "depth":
            p *= next(b["value"] for b in table["depth"]["bands"] if b["belowMetres"] is None or known < b["belowMetres"])
        else: p *= table[fact][known] ** (fence["keptOtherwise"] if known == "Fenced" and w["days"] > fence["inspectedWithinDays"] else 1)
    if side == "deadliness": return p * max(RULE["rescueAtLeast"], math.prod(table[t] for t in ("ring", "rope", "pole") if w["has_" + t]))
    return p * (table["sign"] if w["has_sign"] else 1) * (table["closed"] if w["status"] == "Closed" else 1)
for w in WATERS: w["A"], w["q"], w["X"] = *([product(side, w, a) for a in (0, 1)] for side in ("attraction", "deadliness")), [0.0] * 16
# ---- Homes: a division's children go to the best kind of points that it has. Facilities, who may go where, how far waters are.
(STAGES, FAR), REACH, SPREAD = RULE["catchment"].values(), RULE["distance"]["reachMetres"], RULE["homes"]["spreadMetres"]
FOUND = psql(f"""create temp table force as select *, coalesce(residence = 'Town', name ~ '社区|居委会|街道') as town,
    greatest(0, (select current_date - incidents_complete_since from register.divisions s where incidents_complete_since is not null and
      starts_with(d.code, s.code) order by length(s.code) desc limit 1)) / 365.25 as years from register.divisions d
  where code <> '0000' and valid_from <= current_date and (valid_to is null or valid_to > current_date);
create temp table origin as with
  leaf as (select *, coalesce(children, {RULE['children']['ofPopulation']} * population, 0) as c from force d
           where not exists (select from force x where x.parent_code = d.code)),
  spot as (select division_code as code, location as at, weight, case kind when 'Building' then 1 else 2 end as k from register.settlements
           union all select division_code, location, 1, 3 from register.facilities where kind = 'ChildrensHome' and status = 'Open'
           union all select code, centre, 1, 4 from leaf),
  best as (select s.*, k = min(k) over (partition by code) as is_best from spot s),
  home as (select *, case when sum(weight) over d > 0 then weight / sum(weight) over d else 1.0 / count(*) over d end as share
           from best join leaf using (code) where is_best window d as (partition by code))
  select null::uuid as id, 'Home' as kind, at, town, array[coalesce(aged_1_to_4, c * {RULE['children'][AGES[0]]}) * share,
    coalesce(aged_5_to_14, c * {RULE['children'][AGES[1]]}) * share] as n, 0 as boarders, '' as stages, (array[{SPREAD['building']},
      {SPREAD['place']}, {SPREAD['childrensHome']}, least({SPREAD['centre']['most']}, greatest({SPREAD['centre']['least']},
      {SPREAD['centre']['perRadius']} * sqrt(coalesce(st_area(boundary), 'Infinity') / pi())))])[k] as sigma, years from home
  union all select id, kind, location, coalesce(town, false), array[under5, f.aged_5_to_14]::float[],
    case kind when 'School' then coalesce(boarders, 0) else 0 end, coalesce(stages, 'Both'), 0, 0
  from register.facilities f left join force on force.code = division_code
  where status = 'Open' and kind in ('School', 'Kindergarten', 'ChildrensHome', 'SwimmingPool');
alter table origin add i serial; create index on origin using gist (at); analyze origin;
create temp table stage (late, kind, a, far, share, stage) as values
  (0, 'School', 1, {FAR['school']}, {STAGES['primary']}, 'Primary'), (0, 'School', 1, {FAR['school']}, {STAGES['junior']}, 'Junior'),
  (0, 'Kindergarten', 1, {FAR['kindergarten']}, {STAGES['kindergarten']}, ''), (0, 'Kindergarten', 0, {FAR['kindergarten']}, 1, ''),
  (0, 'ChildrensHome', 1, {FAR['childrensHome']}, 1, ''), (0, 'ChildrensHome', 0, {FAR['childrensHome']}, 1, ''),
  (1, 'SwimmingPool', 1, {FAR['pool']}, 1, ''), (1, 'SwimmingPool', 0, {FAR['pool']}, 1, '');
select row_to_json(o) from (select i, town, n, boarders, sigma, id, years from origin) o;
select row_to_json(n) from (select distinct on (h.i, s.kind, s.a, s.stage) late, s.kind, a, h.i as home, f.i as there, share
  from origin h join origin f on h.kind = 'Home' and f.kind <> 'Home' and st_dwithin(h.at, f.at, (select max(far) from stage))
  join stage s on s.kind = f.kind and h.n[a + 1] > 0 and f.n[a + 1] > 0 and (stage = '' or f.stages in ('Both', stage))
    and st_distance(h.at, f.at) <= far order by h.i, s.kind, s.a, s.stage, st_distance(h.at, f.at), f.id) n order by late, kind, a;
select json_build_array(h.id, o.i, st_distance(o.at, s), case st_dimension(s::geometry) when 1
    then coalesce(to_metres - from_metres, st_length(s)) / {REACH} else 1 end)
  from register.hazards h left join register.hazard_reaches r on r.hazard_id = h.id, coalesce(r.shape, h.shape) s
  join origin o on st_dwithin(o.at, s, {RULE['cutoff']});
select json_build_object('cut', h.id) from register.hazards h join (select hazard_id, count(*) n, sum(m), min(m), max(m),
    max(abs(m - st_length(shape))) d from register.hazard_reaches, cast(to_metres - from_metres as float) m group by 1) r on hazard_id = id
  where d > 0.02 or max > {REACH} + 1e-6 or abs(sum - st_length(shape)) > 1e-5
    or geometrytype(shape) = 'LINESTRING' and (max - min > 1e-6 or n <> ceil(sum / {REACH} - 1e-9));""")
ORIGINS = {o["i"]: o | {"X": [0.0] * 16, "Z": [RULE["stayingAway"][a] for a in AGES]} for o in FOUND if "sigma" in o}
for o in ORIGINS.values(): o["X"][HOME[0]], o["X"][HOME[1]] = (0, 0) if o["id"] else o["n"]
for (late, kind, a), group in itertools.groupby((g for g in FOUND if "late" in g), lambda g: (g["late"], g["kind"], g["a"])):   # pools last
    goers, demand, club = [(g["share"], ORIGINS[g["home"]]["X"], ORIGINS[g["there"]]) for g in group], {}, ENTRY[a, "ChildrensHome", True]
    for n, x, f in goers: demand[f["i"]] = demand.get(f["i"], 0) + n * (x[HOME[a]] - late * x[club])
    for n, x, f in goers:
        n *= (x[HOME[a]] - late * x[club]) * min(1, f["n"][a] / (demand[f["i"]] or 1))
        for base, some in (kind, n), ("Boarding", n * min(1, f["boarders"] / f["n"][a])):
            for missing, who in (True, x), (False, f["X"]):
                if (a, base, missing) in ENTRY: who[ENTRY[a, base, missing]] += some
# ---- Time: what a trip of an entry weighs, in a year or in some of its months or hours.
def is_in(e, base, day, h): return e["base"] == base.replace("Swimming", "") and day in e["days"] and e["from"] <= h < e["to"]
def is_there(base, day, h): return base == "Home" or any(is_in(s, base, day, h) for s in RULE["stays"])
def free(a, base, missing, day, h):
    share = sum(f["value"] for f in RULE["unsupervised"] if f["age"][1:] == AGES[a][1:] and is_in(f, "Home" if missing else base, day, h))
    return (-share if missing else share) if is_there(base, day, h) else 0
FREE = {day: [[free(*entry, day, h) for h in range(24)] for entry in ENTRIES] for day in DAYS}
CALENDARS = {c["division"]: c for c in (json.loads(f.read_text("utf-8")) for f in ROOT.glob(f"geodata/calendar/*-{YEAR}.json"))}
@functools.cache
def weights(code, months=range(1, 13), hours=range(24)):
    known = next((CALENDARS[code[:n]] for n in range(len(code), 1, -1) if code[:n] in CALENDARS), {"holidays": [], "workdays": []})
    sums, by_kind = [0] * 16, {k: [sum(H[h] * FREE[k][e][h] for h in hours) for e in range(16)] for k in DAYS}
    for d in (datetime.date(YEAR, month, n) for month in months for n in range(1, calendar.monthrange(YEAR, month)[1] + 1)):
        is_holiday = any(p["from"] <= str(d) <= p["to"] for p in known["holidays"])
        kind = "SchoolDay" if str(d) in known["workdays"] else "Holiday" if is_holiday else DAYS[d.weekday() > 4]
        sums = [s + G[d.month - 1] * x for s, x in zip(sums, by_kind[kind])]
    return sums
RINGS = [(r * math.cos(t * math.pi / 4), r * math.sin(t * math.pi / 4)) for r in RULE["homes"]["radii"].values() for t in range(8)]
def pull(d, sigma, length):
    return sum(math.exp(-math.hypot(d - x * sigma, y * sigma) / length) for x, y in RINGS) / 24 if sigma else math.exp(-d / length)
WATER = {w["id"]: w for w in WATERS}
PULLS = [(WATER[w], ORIGINS[o], [WATER[w]["A"][a] * size * pull(d, ORIGINS[o]["sigma"], RULE["decay"][AGES[a]]) for a in (0, 1)])
         for w, o, d, size in (f for f in FOUND if isinstance(f, list))]
for _, o, k in PULLS: o["Z"] = [z + more for z, more in zip(o["Z"], k)]
for w, o, k in PULLS:
    share = [k[a] / o["Z"][a] * (RULE["homes"]["town"] if o["town"] else 1) for a in (0, 1)]
    w["X"] = [x + n * share[e > 5] for e, (x, n) in enumerate(zip(w["X"], o["X"]))]
HOLIDAY = [G[PEAK["month"] - 1] * sum(H[h] * FREE["Holiday"][e][h] for h in range(24)) for e in range(16)]
def visits(w, weigh, a): return RHO * max(0, sum(w["X"][e] * weigh[e] for e in OF_AGE[a]))
def deaths(w, a, *when): return C[a] * w["q"][a] * visits(w, weights(w["division_code"], *when), a)
def of_year(*when): return sum(deaths(w, a, *when) for w in WATERS for a in (0, 1)) / sum(PER_YEAR)
OFF = [(9e9, f"{f['cut']}: its reaches are no equal parts of it") for f in FOUND if "cut" in f]
def compare(what, found, stated, within=1e-6 if any(w["d"] for w in WATERS) else 1e-9):
    off = abs(found - stated) / max(abs(found), abs(stated), 1e-4)   # of less than that nobody asks
    OFF.append((off / within, f"{what}: {found!r} by the specification, {stated!r} stated ({off:.2g})"))
if sys.argv[1] == "--scale":
    rates, noon, prior = RULE["rates"], RULE["season"]["afternoon"], RULE["rates"]["priorDeaths"]   # children who died weigh against 5
    rate = [rates["per100000"][name] / 1e5 * rates["ledgerShare"] for name in AGES]
    own = (prior + sum(w["y"][1] for w in WATERS if w["recorded"])) / (
        prior + sum(o["X"][HOME[a]] * rate[a] * o["years"] for o in ORIGINS.values() for a in (0, 1)))
    for a, name, n in ((a, AGES[a], math.fsum(o["X"][HOME[a]] for o in ORIGINS.values())) for a in (0, 1)):
        for told in PER_YEAR[a], sum(deaths(w, a) for w in WATERS): compare(f"deaths {name}", told, n * rate[a] * own)
        for day, h in itertools.product(DAYS, range(24)):
            sign = [is_there(base, day, h) * (-1 if missing else 1) for _, base, missing in ENTRIES]
            here = [sum(o["X"][e] * sign[e] for e in OF_AGE[a]) for o in ORIGINS.values()]
            at_pools = sum(o["X"][ENTRY[a, "SwimmingPool", True]] for o in ORIGINS.values()) * is_there("SwimmingPool", day, h)
            compare(f"children {name} {day} {h}:00", math.fsum(here) + at_pools, n if min(here) > -1e-9 else -1)
    compare("peak month", of_year((PEAK["month"],)), PEAK["value"], 1e-6)
    compare("afternoon", of_year(range(1, 13), range(noon["from"], noon["to"])), noon["value"], 1e-6)
for w in WATERS if sys.argv[1] != "--scale" else []:
    mu, alpha, years = deaths(w, 0) + deaths(w, 1), RULE["ownRecord"]["weight"], (w["recorded"] or 0) / 365.25
    compare(f"{w['code']} score", 1000 * mu * ((alpha + w["y"][0]) / (alpha + mu * years) if years > 0 else 1), w["score"])
    compare(f"{w['code']} visits", visits(w, HOLIDAY, 0) + visits(w, HOLIDAY, 1), w["visits"])
    compare(f"{w['code']} deadliness", sum(PER_YEAR[a] / sum(PER_YEAR) * w["q"][a] / MEAN[a] for a in (0, 1)), w["deadliness_ratio"])
    for e in range(16): compare(f"{w['code']} trips of {ENTRIES[e]}", w["X"][e], w["trips"][e], 1.5e-7)   # kept as real
print(f"{len(WATERS)} waters, {len(PULLS)} pairs, {len(OFF)} numbers; the worst:", *(t for _, t in sorted(OFF)[:-11:-1]), sep="\n")
sys.exit(any(off > 1 for off, _ in OFF))
