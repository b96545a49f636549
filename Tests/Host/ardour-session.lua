-- Ardour as a musician uses it, without a screen. With STEP=make: a new session, a MIDI track with
-- the plugin, music composed by its Generate parameter, recorded on a second track, saved. With
-- STEP=reopen: the saved session, recorded again. Prints a line for each recorded note.

local step = os.getenv("STEP")
local folder = os.getenv("SESSION")
local plugin = os.getenv("PLUGIN") -- name (VST3) or URI (LV2)
local isLv2 = os.getenv("FORMAT") == "lv2"

local sampleRate = 48000
local quarterSamples = sampleRate / 2 -- 120 beats a minute
local recordedQuarters = 24
local ui = ARDOUR.TransportRequestSource.TRS_UI
local noGroup = PBD.GroupControlDisposition.NoGroup

local function fail(text)
    print("FAILED: " .. text)
    os.exit(1)
end

-- Ardour's musical time shows as "beats:ticks".
local function ticksOf(time)
    local beats, ticks = tostring(time):match("^(%d+):(%d+)$")
    return beats * 1920 + ticks
end

local function sleep(seconds) ARDOUR.LuaAPI.usleep(math.floor(seconds * 1e6)) end

-- Waits until `holds` does; a loaded machine may take long, a broken plugin takes for ever.
local function waitFor(what, holds)
    for _ = 1, 1200 do
        if holds() then return end
        sleep(0.05)
    end
    fail("waited in vain for " .. what)
end

local function midiTrack(session, name)
    local one = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
    return session:new_midi_track(one, one, false, ARDOUR.PluginInfo(), nil, nil, 1, name,
        ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, false, false):front()
end

local function setParameters(track, values)
    local automatable = track:nth_plugin(0):to_automatable()
    local unknown = {}
    for name in pairs(values) do unknown[name] = true end
    for parameter in automatable:all_automatable_params():iter() do
        local control = automatable:automation_control(parameter, false)
        for name, value in pairs(values) do
            local id = name:lower()
            if not control:isnil() and
                (control:name() == name or control:name():match(":" .. id .. "$")) then
                control:set_value(value, noGroup)
                unknown[name] = nil
            end
        end
    end
    for name in pairs(unknown) do fail("the plugin has no parameter " .. name) end
end

local function toStart(session)
    session:request_locate(0, false, ARDOUR.LocateTransportDisposition.MustStop, ui)
    waitFor("the start", function() return session:transport_sample() == 0 end)
end

local function rollUntil(session, what, holds)
    toStart(session)
    session:request_roll(ui)
    waitFor(what, holds)
    session:request_stop(false, false, ui)
    waitFor("the transport to stop", function() return session:transport_stopped() end)
    sleep(1) -- what was recorded is written by another thread
end

local function compose(session, track)
    setParameters(track, {Generate = 0})
    sleep(0.3) -- blocks in which the button is up
    setParameters(track, {Generate = 1})
    local meter = track:peak_meter()
    rollUntil(session, "music", function()
        return meter:meter_level(0, ARDOUR.MeterType.MeterPeak) > -100
    end)
end

local function record(session, source, name)
    local track = midiTrack(session, name)
    if source:output():midi(0):connect(track:input():midi(0):name()) ~= 0 then
        fail("the recording track cannot be connected")
    end
    track:to_track():rec_enable_control():set_value(1, noGroup)
    session:maybe_enable_record()
    sleep(1) -- the new track takes its place in the graph
    rollUntil(session, "the end of the recording", function()
        return session:transport_sample() > (recordedQuarters + 2) * quarterSamples
    end)
    local notes = {}
    for region in track:to_track():playlist():region_list():iter() do
        local model = region:to_midiregion():midi_source(0):model()
        for note in ARDOUR.LuaAPI.note_list(model):iter() do
            local onset = ticksOf(note:time())
            if onset < recordedQuarters * 1920 then
                notes[#notes + 1] = string.format("NOTE at %6d, length %5d, pitch %3d, velocity %3d",
                    onset, ticksOf(note:length()), note:note(), note:velocity())
            end
        end
    end
    table.sort(notes)
    for _, line in ipairs(notes) do print(line) end
end

local backend = AudioEngine:set_backend("None (Dummy)", "", "")
backend:set_buffer_size(256)
backend:set_driver("5x Speed")
local session = step == "make" and create_session(folder, "s", sampleRate)
    or load_session(folder, "s")
if not session then fail("no session") end

local track
if step == "make" then
    track = midiTrack(session, "gen")
    local kind = isLv2 and ARDOUR.PluginType.LV2 or ARDOUR.PluginType.VST3
    local processor = ARDOUR.LuaAPI.new_plugin(session, plugin, kind, "")
    if processor:isnil() then fail("Ardour does not know " .. plugin) end
    if track:add_processor_by_index(processor, 0, nil, true) ~= 0 then
        fail("the plugin cannot be added")
    end
    processor = nil
    compose(session, track)
else
    track = session:route_by_name("gen")
    if track:isnil() or track:nth_plugin(0):isnil() then fail("the plugin was lost") end
end
record(session, track, "rec-" .. step)
if session:save_state("", false, false, false, false, false) ~= 0 then fail("saving") end

-- Whatever holds a track would let the plugin outlive the engine.
track, session = nil, nil
collectgarbage()
collectgarbage()
close_session()
print("END")
quit()
