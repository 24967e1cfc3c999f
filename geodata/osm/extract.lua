-- osm2pgsql (flex output) reads an extract into staging tables by mapping.lua. Which edge starts where is cut in SQL
-- afterwards, from the nodes that osm2pgsql keeps beside these tables. Every object with a tag of ours lands in exactly
-- one table: skipped ones with their reason, so that the report accounts for all that was read.
local mapping = dofile(os.getenv('HAZARDMAP_OSM_MAPPING'))
local schema = os.getenv('HAZARDMAP_OSM_SCHEMA')

local function define(name, columns, ids)
  return osm2pgsql.define_table {
    name = name, schema = schema, columns = columns,
    ids = ids or { type = 'any', id_column = 'osm_id', type_column = 'osm_type' },
  }
end

local function text(name) return { column = name, type = 'text' } end
local function integer(name) return { column = name, type = 'int' } end
local function double(name) return { column = name, type = 'real', sql_type = 'double precision' } end
local function flag(name) return { column = name, type = 'bool' } end
local geometry = { column = 'geom', type = 'geometry', projection = 4326 }   -- null: could not be built

local waters = define('waters', { text('kind'), text('tag'), text('name'), geometry })
local facilities = define('facilities', {
  text('kind'), text('tag'), text('name'), integer('capacity'), integer('under5'), integer('aged_5_to_14'),
  integer('aged_60_plus'), flag('counts_estimated'), geometry })
local divisions = define('divisions', { text('tag'), text('name'), integer('admin_level'), integer('population'), geometry })
local settlements = define('settlements', { text('tag'), text('name'), double('weight'), integer('population'), geometry })
local homes = define('homes', {
  text('tag'), double('floor'), double('lon'), double('lat') })
local roads = define('roads', {
  text('class'), text('name'), { column = 'speed_kmh', type = 'real' }, flag('walk_forward'), flag('walk_backward'),
  flag('drive_forward'), flag('drive_backward') })
local members = define('members', { { column = 'way_id', type = 'int8' }, text('role'), text('part_of') })
local skipped = define('skipped', { text('part_of'), text('tag'), text('reason') })

local function skip(part_of, tag, reason) skipped:insert { part_of = part_of, tag = tag, reason = reason } end

-- A count as people write it: digits only, within reason, which is a million but for the people of a country.
local function count(value, most_digits)
  local digits = value and value:match('^%s*(%d+)%s*$')
  local number = digits and #digits <= (most_digits or 6) and math.tointeger(tonumber(digits))
  return number or nil
end

-- ------------------------------------------------------------------------------------------------------------------
-- Waters

local function area_kind(tags)
  if tags.natural == 'water' then
    return mapping.water[tags.water] or 'by size', 'natural=water'
  end
  local kind = tags.landuse and mapping.landuse[tags.landuse]
  if kind then return kind, 'landuse=' .. tags.landuse end
end

local function add_water(object, kind, tag, shape)
  waters:insert { kind = kind, tag = tag, name = object.tags.name, geom = shape }
end

local function water_way(object)
  local tags = object.tags
  local kind, tag = area_kind(tags)
  if kind and object.is_closed then return add_water(object, kind, tag, object:as_polygon()) end
  local waterway = tags.waterway
  local line_kind = waterway and mapping.waterway[waterway]
  if line_kind then
    add_water(object, line_kind, 'waterway=' .. waterway, object:as_linestring())
  elseif kind then
    skip('hazards', tag, 'not an area: the way is not closed')
  elseif waterway then
    skip('hazards', 'waterway=' .. waterway, 'value not in the mapping')
  end
end

local function water_node(object)
  local kind, tag = area_kind(object.tags)
  if kind then
    skip('hazards', tag, 'a point, not an area')
  elseif object.tags.waterway and mapping.waterway[object.tags.waterway] then
    skip('hazards', 'waterway=' .. object.tags.waterway, 'a point, not a line')
  end
end

local function remember_members(object, part_of)
  for _, member in ipairs(object.members) do
    if member.type == 'w' then members:insert { way_id = member.ref, role = member.role, part_of = part_of } end
  end
end

local function water_relation(object)
  local tags = object.tags
  local kind, tag = area_kind(tags)
  if kind and (tags.type == 'multipolygon' or tags.type == 'boundary') then
    remember_members(object, 'waters')
    add_water(object, kind, tag, object:as_multipolygon())
  elseif tags.waterway then
    local reason = tags.type == 'waterway' and 'a relation of waterways: its members are imported' or 'value not in the mapping'
    skip('hazards', 'waterway=' .. tags.waterway, reason)
  elseif kind then
    skip('hazards', tag, 'a relation that is not a multipolygon')
  end
end

-- ------------------------------------------------------------------------------------------------------------------
-- Facilities

local function social_facility(tags)
  local entry = mapping.social_facility[tags.social_facility]
  for group in (tags['social_facility:for'] or tags['for'] or ''):gmatch('[^;%s]+') do
    entry = entry or mapping.social_facility_for[group]
  end
  return entry or mapping.social_facility_other
end

local function facility_entry(tags)
  local amenity = tags.amenity and mapping.amenity[tags.amenity]
  if amenity == 'by social_facility' then return social_facility(tags), 'amenity=social_facility' end
  if amenity then return amenity, 'amenity=' .. tags.amenity end
  local leisure = tags.leisure and mapping.leisure[tags.leisure]
  if leisure then return leisure, 'leisure=' .. tags.leisure end
end

local function add_facility(object, shape_of)
  local tags = object.tags
  local entry, tag = facility_entry(tags)
  if not entry then return end
  if tag == 'leisure=' .. (tags.leisure or '') and mapping.leisure_not_public[tags.access] then
    return skip('facilities', tag, 'access=' .. tags.access)
  end
  local shape = shape_of(object)
  if shape == nil then return skip('facilities', tag, 'a relation that is not a multipolygon') end
  local people = { under5 = entry.under5, aged_5_to_14 = entry.aged_5_to_14, aged_60_plus = entry.aged_60_plus }
  local capacity, group = count(tags.capacity), mapping.capacity_counts[entry.kind]
  if capacity and group then people[group] = capacity end
  facilities:insert {
    kind = entry.kind, tag = tag, name = tags.name, capacity = capacity,
    under5 = people.under5 or 0, aged_5_to_14 = people.aged_5_to_14 or 0, aged_60_plus = people.aged_60_plus or 0,
    counts_estimated = group ~= nil, geom = shape,
  }
end

-- ------------------------------------------------------------------------------------------------------------------
-- Settlements

local function add_place(object, shape_of)
  local place = object.tags.place
  if not place then return end
  local tag, weight = 'place=' .. place, mapping.place[place]
  if not weight then return skip('settlements', tag, 'value not in the mapping') end
  local shape = shape_of(object)
  if shape == nil then return skip('settlements', tag, 'a relation: its place is a division, or stands as a point') end
  local population = count(object.tags.population, 9)
  settlements:insert {
    tag = tag, name = object.tags.name, weight = population or weight, geom = shape,
    population = not mapping.place_part[place] and population or nil }
end

-- Whether a building of unknown use has one; what is a facility is counted there.
local function has_other_use(tags)
  for _, key in ipairs(mapping.other_use) do
    if tags[key] and tags[key] ~= 'no' then return true end
  end
  return false
end

local earth_metres_per_degree = 111320

-- Where a home stands and what ground it covers; nil where its nodes are missing. As if the earth were a ball, which is right to half
-- a percent.
local function ground(object, shape_of)
  local west, south, east, north = object:get_bbox()
  if not shape_of then return west, south, mapping.home_square_metres end
  local shape = shape_of(object)
  if shape == nil or shape:is_null() or not west or east - west > 1 then return end
  local lat = (south + north) / 2
  return (west + east) / 2, lat, shape:area() * earth_metres_per_degree ^ 2 * math.cos(math.rad(lat))
end

local function add_home(object, shape_of)
  local tags = object.tags
  local building = tags.building
  if not building or building == 'no' then return end
  local tag, floors = 'building=' .. building, mapping.home[building]
  if facility_entry(tags) or area_kind(tags) then return end
  if not floors then return skip('settlements', tag, 'value not in the mapping') end
  local is_unknown = building == mapping.home_unknown
  if is_unknown and has_other_use(tags) then return skip('settlements', tag, 'another tag says its use') end
  local lon, lat, square_metres = ground(object, shape_of)
  if not square_metres then return skip('settlements', tag, 'incomplete in this extract, or not an area') end
  if is_unknown then
    if square_metres < mapping.home_unknown_least_square_metres then return skip('settlements', tag, 'smaller than a home') end
    square_metres = math.min(square_metres, mapping.home_unknown_most_square_metres)
  end
  local levels = count(tags['building:levels'])
  if levels and levels > 0 and levels <= mapping.most_floors then floors = levels end
  homes:insert { tag = tag, floor = square_metres * floors, lon = lon, lat = lat }
end

-- ------------------------------------------------------------------------------------------------------------------
-- Roads

local function may(tags, keys, by_class)
  for _, key in ipairs(keys) do
    local value = tags[key]
    if value then
      if mapping.closed_values[value] then return false end
      return by_class or (key ~= 'access' and mapping.opening_values[value] == true)
    end
  end
  return by_class
end

-- The ways in which a vehicle may go: forward, backward.
local function drive_directions(tags)
  local oneway = tags['oneway:motor_vehicle'] or tags.oneway
  if mapping.oneway_closed[oneway] then return false, false end
  if mapping.oneway_backward[oneway] then return false, true end
  local implied = oneway == nil
    and (mapping.oneway_implied_by_junction[tags.junction] or mapping.oneway_implied_by_highway[tags.highway])
  return true, not (implied or mapping.oneway_forward[oneway])
end

local function walk_directions(tags)
  local oneway = tags['oneway:foot']
  if mapping.oneway_backward[oneway] then return false, true end
  return tags['foot:forward'] ~= 'no', not mapping.oneway_forward[oneway] and tags['foot:backward'] ~= 'no'
end

local function maxspeed(value)
  local number, unit = value:match('^%s*(%d+%.?%d*)%s*(%a*)')
  if number then return tonumber(number) * (unit == 'mph' and mapping.mph_in_kmh or 1) end
  return mapping.maxspeed_word[value:match('([%a_%d]+)$')] or tonumber(value:match('zone:?(%d+)$'))
end

local function speed(tags, by_class)
  local tagged = tags.maxspeed and maxspeed(tags.maxspeed)
  if tagged and tagged > 0 and tagged <= mapping.fastest_kmh then return tagged end
  return by_class
end

local function road_way(object)
  local tags = object.tags
  if not tags.highway then return end
  local class, tag = mapping.highway[tags.highway], 'highway=' .. tags.highway
  if not class then return skip('roads', tag, 'value not in the mapping') end
  local walk, drive = may(tags, mapping.walk_tags, class.walk), may(tags, mapping.drive_tags, class.drive)
  local walk_forward, walk_backward = walk_directions(tags)
  local drive_forward, drive_backward = drive_directions(tags)
  if not (walk and (walk_forward or walk_backward)) and not (drive and (drive_forward or drive_backward)) then
    return skip('roads', tag, 'closed to walkers and drivers')
  end
  roads:insert {
    class = tags.highway, name = tags.name or tags.ref, speed_kmh = speed(tags, class.speed),
    walk_forward = walk and walk_forward, walk_backward = walk and walk_backward,
    drive_forward = drive and drive_forward, drive_backward = drive and drive_backward,
  }
end

-- ------------------------------------------------------------------------------------------------------------------

local function division_relation(object)
  local tags = object.tags
  if tags.boundary ~= 'administrative' or not tags.admin_level then return end
  if tags.type ~= 'boundary' and tags.type ~= 'multipolygon' then return end
  local level = count(tags.admin_level)
  if not level or not tags.name then
    return skip('divisions', 'boundary=administrative', level and 'no name' or 'admin_level is not a number')
  end
  remember_members(object, 'divisions')
  divisions:insert {
    tag = 'admin_level=' .. level, name = tags.name, admin_level = level, population = count(tags.population, 9),
    geom = object:as_multipolygon() }
end

local function area_or_nil(object)
  if object.tags.type == 'multipolygon' then
    remember_members(object, 'facilities')
    return object:as_multipolygon()
  end
end

-- A closed way is an area; an open one (a mapper's slip) still says where the facility is.
local function closed_shape(object) return object.is_closed and object:as_polygon() or nil end
local function way_shape(object) return object.is_closed and object:as_polygon() or object:as_linestring() end

function osm2pgsql.process_node(object)
  water_node(object)
  add_facility(object, function(node) return node:as_point() end)
  add_place(object, function(node) return node:as_point() end)
  add_home(object)
end

function osm2pgsql.process_way(object)
  water_way(object)
  add_facility(object, way_shape)
  add_place(object, way_shape)
  add_home(object, closed_shape)
  road_way(object)
end

function osm2pgsql.process_relation(object)
  water_relation(object)
  add_facility(object, area_or_nil)
  add_place(object, function() end)
  add_home(object, function(relation) return relation.tags.type == 'multipolygon' and relation:as_multipolygon() or nil end)
  division_relation(object)
end
