-- Reads a JSON file as Lua tables: enough for our own checked files (no escapes in texts, no null).
return function(path)
  local file = assert(io.open(path, 'r'))
  local text = file:read('a')
  file:close()
  local at = 1
  local value

  local function token(pattern)
    local found, stop = text:match('^%s*(' .. pattern .. ')()', at)
    if found then at = stop end
    return found
  end

  local function list(close, add)
    local items = {}
    if token(close) then return items end
    repeat add(items) until not token(',')
    assert(token(close), path .. ': a ' .. close .. ' is missing')
    return items
  end

  local function name() return assert(token('"[^"\\]*"'), path .. ': a text is missing'):sub(2, -2) end

  function value()
    if token('{') then
      return list('}', function(items)
        local key = name()
        assert(token(':'), path .. ': a colon is missing')
        items[key] = value()
      end)
    end
    if token('%[') then return list('%]', function(items) items[#items + 1] = value() end) end
    if token('true') then return true end
    if token('false') then return false end
    local number = token('%-?[%d%.]+')
    if number then return tonumber(number) end
    return name()
  end

  return value()
end
