-- What OpenStreetMap tags become in the register. This file is the mapping: tables only, read by extract.lua.
-- Whatever is not listed is skipped and counted in the import's report under the tag that it carried.
-- 开放街图标签与台账类别的对应表；未列出的标签不导入，但在导入报告中计数。
local mapping = {}

-- ------------------------------------------------------------------------------------------------------------------
-- Waters -> Hazards. One object is one hazard: natural=water comes before landuse=reservoir, that before waterway.

-- waterway=* lines -> kind. Other values (riverbank, wadi, dock, lock_gate ...) are skipped and counted.
-- Relations of waterways (type=waterway) are not imported beside their members.
mapping.waterway = {
  river = 'River', stream = 'Stream',
  canal = 'Canal', drain = 'Canal', ditch = 'Canal',
  weir = 'Weir', dam = 'Weir',
}

-- natural=water areas (closed ways and multipolygons) -> kind by water=*.
mapping.water = {
  lake = 'Lake', lagoon = 'Lake', oxbow = 'Lake', cove = 'Lake',
  pond = 'Pond', fishpond = 'Pond', basin = 'Pond', stream_pool = 'Pond', reflecting_pool = 'Pond', fountain = 'Pond',
  wastewater = 'Pond',
  reservoir = 'Reservoir',
  river = 'River', rapids = 'River', stream = 'Stream',
  canal = 'Canal', ditch = 'Canal', drain = 'Canal', lock = 'Canal', moat = 'Canal',
  harbour = 'Other',
}
-- natural=water with another or no water=*: by size.
mapping.pond_below_square_metres = 10000   -- smaller: Pond, otherwise Lake

-- landuse=* areas -> kind.
mapping.landuse = { reservoir = 'Reservoir' }

-- ------------------------------------------------------------------------------------------------------------------
-- Places of people -> Facilities (nodes, closed ways, multipolygons; the location is a point on the surface).
-- Who is there: the capacity tag, else the estimate here. Either way CountsEstimated is true.
mapping.amenity = {
  school       = { kind = 'School',       aged_5_to_14 = 200 },
  kindergarten = { kind = 'Kindergarten', under5 = 60 },
  nursing_home = { kind = 'CareHome',     aged_60_plus = 50 },
  social_facility = 'by social_facility',
}

-- amenity=social_facility by social_facility=*, then by for=*; otherwise a social-work station, where nobody lives.
mapping.social_facility = {
  nursing_home    = { kind = 'CareHome', aged_60_plus = 50 },
  assisted_living = { kind = 'CareHome', aged_60_plus = 50 },
  soup_kitchen    = { kind = 'Canteen' },
}
mapping.social_facility_for = {
  senior   = { kind = 'CareHome', aged_60_plus = 50 },
  child    = { kind = 'ChildrensHome' },
  orphan   = { kind = 'ChildrensHome' },
  juvenile = { kind = 'ProtectionCentre' },
}
mapping.social_facility_other = { kind = 'SocialWorkStation' }

-- leisure=* -> kind. Nobody lives in a pool: its capacity tag is its capacity, its counts are 0 and not estimated.
mapping.leisure = { swimming_pool = { kind = 'SwimmingPool' } }
mapping.leisure_not_public = { private = true, no = true }   -- access=* of a pool that is skipped and counted

-- Which group of ages a facility's capacity tag speaks of.
mapping.capacity_counts = {
  School = 'aged_5_to_14', ChildrensHome = 'aged_5_to_14', Kindergarten = 'under5', CareHome = 'aged_60_plus',
}

-- ------------------------------------------------------------------------------------------------------------------
-- Where people live -> Settlements, of which weights count within a division only.

-- place=* (nodes and areas; relations are boundaries, whose divisions are imported) -> how many live there when no population=* says
-- so. Expert priors; a town of the capital's size and a hamlet rarely lie in one lowest division. Values that are no home of
-- anybody (locality, island, square, region, county ...) are skipped and counted.
mapping.place = {
  city = 50000, borough = 20000, town = 5000, suburb = 3000, quarter = 1500, village = 400, neighbourhood = 300, city_block = 100,
  hamlet = 50, farm = 5, isolated_dwelling = 5, allotments = 5,
}
-- Of which the people are counted with a place around them; the others' population=* together is that of a division that states none.
mapping.place_part = { borough = true, suburb = true, quarter = true, neighbourhood = true, city_block = true }

-- building=* -> floors when no building:levels=* says so. Homes are gathered in cells; a cell weighs its floor area (footprint times
-- floors), not its number of buildings: a block of flats holds thirty families, a cottage one, and area follows people better
-- (disaggregation by volume against counts: Lwin and Murayama 2009).
mapping.home = {
  apartments = 4, house = 2, detached = 2, semidetached_house = 2, semi = 2, terrace = 2, residential = 2, farm = 2,
  bungalow = 1, cabin = 1, static_caravan = 1, houseboat = 1, ger = 1, stilt_house = 1,
  yes = 2,
}
-- building=yes is most of what is drawn (Liechtenstein 83 %) and most of it homes: left out it would leave the villages that nobody
-- has classified without people. It counts unless another tag says its use, from a shed's size on, and never for more ground than
-- a house has: large ones are halls.
mapping.home_unknown = 'yes'
mapping.home_unknown_least_square_metres = 25
mapping.home_unknown_most_square_metres = 300
mapping.other_use = {
  'amenity', 'shop', 'office', 'tourism', 'industrial', 'man_made', 'leisure', 'public_transport', 'railway', 'power', 'aeroway',
  'military', 'religion', 'craft', 'healthcare', 'emergency', 'historic', 'abandoned', 'disused', 'ruins', 'telecom',
}
mapping.home_square_metres = 100           -- of a home that is a point; and the weight of so much floor is 1
mapping.most_floors = 60                   -- a higher building:levels is a slip of the pen: the value counts
-- Where few homes are drawn they say more of the mapper's walk than of where people live: the places of such a division count.
mapping.fewest_homes = 20                  -- in a division
mapping.least_floor_per_person = 5         -- square metres of all homes drawn, where the division's people are counted

-- ------------------------------------------------------------------------------------------------------------------
-- boundary=administrative relations with an admin_level -> Divisions; the level follows the depth of nesting in the
-- extract: Prefecture, County, Township, Village. Left out where the register's own divisions already cover them. Their people are
-- population=*, else those of the places in them, where the register states none.

-- ------------------------------------------------------------------------------------------------------------------
-- highway=* -> road edges: who may use them, in which direction, how fast. The numbers and rules are in
-- geodata/network/profiles.json, each with its source; the service reads the same file.
-- Values that are not listed there (construction, proposed, raceway, rest_area ...) are skipped and counted.
local network = dofile(os.getenv('HAZARDMAP_OSM_JSON'))(os.getenv('HAZARDMAP_ROAD_PROFILES'))
local rules = network.rules

local function set(list)
  local members = {}
  for _, value in ipairs(list) do members[value] = true end
  return members
end

mapping.highway = {}
for class, road in pairs(network.roads) do
  mapping.highway[class] = { walk = road.walk, drive = road.drive, speed = road.speedKmh }
end

-- Who may: the first of these tags that is present decides, otherwise the class above.
mapping.walk_tags, mapping.drive_tags = rules.walkTags, rules.driveTags
mapping.closed_values = set(rules.closedValues)     -- any other value lets everybody pass that the class or the tag allows
-- These values of a tag of its own (foot=*, motor_vehicle=* ...; not access=*) open a class that is closed by default.
mapping.opening_values = set(rules.openingValues)

-- One way, for those who drive. On foot only oneway:foot, foot:forward and foot:backward count.
mapping.oneway_forward = set(rules.onewayForward)
mapping.oneway_backward = set(rules.onewayBackward)
mapping.oneway_closed = set(rules.onewayClosed)            -- changes by the hour: planned with in neither direction
mapping.oneway_implied_by_junction = set(rules.onewayImpliedByJunction)
mapping.oneway_implied_by_highway = set(rules.onewayImpliedByHighway)

-- maxspeed=*: numbers in km/h, "30 mph", and zones by the word after the country ("CH:urban", "DE:zone:30").
mapping.mph_in_kmh = 1.609344
mapping.fastest_kmh = rules.fastestKmh                      -- a higher maxspeed is a slip of the pen: the class counts
mapping.maxspeed_word = rules.maxspeedWords

return mapping
