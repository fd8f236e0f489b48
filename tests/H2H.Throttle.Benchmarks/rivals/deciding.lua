-- What a service that decides inside Redis would run: ten rules over the last twenty contacts of a person.
--
-- KEYS[1]  a sorted set with a member for each contact, TIME|CHANNEL|PURPOSE|BRAND|CAMPAIGN|ID, scored by its time
-- ARGV[1]  the time, milliseconds since 1970
-- ARGV[2]  the contact's channel, then purpose, brand, campaign and id
--
-- answers  1 and nothing if it is allowed and now counts; 0 and the names of the rules against it
local now = tonumber(ARGV[1])
local hour, day = 3600000, 86400000
local rules = {
  { 'hour', 50, hour }, { 'day', 60, day }, { 'week', 100, 7 * day }, { 'days', 150, 14 * day },
  { 'month', 200, 30 * day }, { 'year', 500, 365 * day }, { 'emails', 60, day, 'channel' },
  { 'brand', 100, 30 * day, 'brand' }, { 'campaign', 100, 90 * day, 'campaign' }, { 'refused', 90, 60 * day },
}
local counts = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
local asked = { channel = ARGV[2], brand = ARGV[4], campaign = ARGV[5] }
local contacts = redis.call('ZRANGEBYSCORE', KEYS[1], now - 365 * day, '+inf')
for _, contact in ipairs(contacts) do
  local at, channel, _, brand, campaign = string.match(contact, '^(%d+)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|')
  local had = { channel = channel, brand = brand, campaign = campaign }
  local age = now - tonumber(at)
  for i, rule in ipairs(rules) do
    if age < rule[3] and (not rule[4] or had[rule[4]] == asked[rule[4]]) then
      counts[i] = counts[i] + 1
    end
  end
end
local against = {}
for i, rule in ipairs(rules) do
  if counts[i] >= rule[2] then
    against[#against + 1] = rule[1]
  end
end
if #against > 0 then
  return { 0, table.concat(against, ',') }
end
redis.call('ZADD', KEYS[1], now, table.concat({ now, ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6] }, '|'))
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -21)
redis.call('PEXPIRE', KEYS[1], 365 * day)
return { 1, '' }
