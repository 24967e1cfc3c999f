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
-- boundary=administrative relations with an admin_level -> Divisions; the level follows the depth of nesting in the
-- extract: Prefecture, County, Township, Village. Left out where the register's own divisions already cover them.

-- ------------------------------------------------------------------------------------------------------------------
-- highway=* -> road edges: may one walk it, may one drive it (unless access tags say otherwise), and how fast (km/h).
-- Values that are not listed (construction, proposed, raceway, rest_area ...) are skipped and counted.
mapping.highway = {
  motorway       = { walk = false, drive = true,  speed = 110 },
  motorway_link  = { walk = false, drive = true,  speed = 60 },
  trunk          = { walk = true,  drive = true,  speed = 80 },
  trunk_link     = { walk = true,  drive = true,  speed = 50 },
  primary        = { walk = true,  drive = true,  speed = 60 },
  primary_link   = { walk = true,  drive = true,  speed = 40 },
  secondary      = { walk = true,  drive = true,  speed = 50 },
  secondary_link = { walk = true,  drive = true,  speed = 35 },
  tertiary       = { walk = true,  drive = true,  speed = 40 },
  tertiary_link  = { walk = true,  drive = true,  speed = 30 },
  unclassified   = { walk = true,  drive = true,  speed = 40 },
  residential    = { walk = true,  drive = true,  speed = 30 },
  living_street  = { walk = true,  drive = true,  speed = 10 },
  service        = { walk = true,  drive = true,  speed = 20 },
  road           = { walk = true,  drive = true,  speed = 30 },
  track          = { walk = true,  drive = true,  speed = 15 },
  pedestrian     = { walk = true,  drive = false, speed = 10 },
  footway        = { walk = true,  drive = false, speed = 10 },
  path           = { walk = true,  drive = false, speed = 10 },
  steps          = { walk = true,  drive = false, speed = 10 },
  bridleway      = { walk = true,  drive = false, speed = 10 },
  cycleway       = { walk = true,  drive = false, speed = 10 },
  corridor       = { walk = true,  drive = false, speed = 10 },
}

-- Who may: the first of these tags that is present decides, otherwise the class above.
mapping.walk_tags  = { 'foot', 'access' }
mapping.drive_tags = { 'motorcar', 'motor_vehicle', 'vehicle', 'access' }
mapping.closed_values = {          -- any other value lets everybody pass that the class or the tag allows
  no = true, private = true, agricultural = true, forestry = true, military = true, emergency = true, delivery = true,
  use_sidepath = true, psv = true, bus = true,
}
-- These values of a tag of its own (foot=*, motor_vehicle=* ...; not access=*) open a class that is closed by default.
mapping.opening_values = { yes = true, designated = true, permissive = true, official = true, destination = true }

-- One way, for those who drive. On foot only oneway:foot, foot:forward and foot:backward count.
mapping.oneway_forward  = { yes = true, ['true'] = true, ['1'] = true }
mapping.oneway_backward = { ['-1'] = true, reverse = true }
mapping.oneway_closed   = { reversible = true }            -- changes by the hour: planned with in neither direction
mapping.oneway_implied_by_junction = { roundabout = true, circular = true }
mapping.oneway_implied_by_highway  = { motorway = true }

-- maxspeed=*: numbers in km/h, "30 mph", and zones by the word after the country ("CH:urban", "DE:zone:30").
mapping.mph_in_kmh = 1.609344
mapping.fastest_kmh = 150                                   -- a higher maxspeed is a slip of the pen: the class counts
mapping.maxspeed_word = {
  walk = 6, living_street = 10, bicycle_road = 30, zone20 = 20, zone30 = 30,
  urban = 50, rural = 80, trunk = 100, motorway = 120, none = 130,
}

return mapping
