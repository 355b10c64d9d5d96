package main

// flight is one message on its way to everybody in its room.
type flight struct {
	number uint32
	left   int
	// sinceNs is when it was due, or sent where nothing was due.
	sinceNs int64
}

// room is where messages are on their way.
type room struct {
	next    uint32
	flights []flight
	open    int
}

// load is what is said in all rooms, and what was heard of it.
type load struct {
	g         *generator
	rooms     []room
	completed []int
	measuring bool
	joins     histogram
	// storm and arrivals are of the mode of that name.
	storm     *storm
	arrivals  func(now int64)
	latencies histogram
	// deliveries and messages are those of the time that is measured; lost were not heard by all in time.
	deliveries, messages, lost uint64
}

// maxFlights is how many messages of one room can be on their way: what is beyond them is lost.
const maxFlights = 1 << 13

func newLoad(g *generator) *load {
	l := &load{g: g, rooms: make([]room, g.plan.rooms)}
	size := maxFlights
	if g.plan.mode == "closed" {
		size = 1 << 10
	}
	for index := range l.rooms {
		l.rooms[index].flights = make([]flight, size)
	}
	return l
}

func (l *load) arrived(c *connection) {
	now := l.g.poller.nowNs()
	l.joins.record(now - c.startedNs)
	if l.arrivals != nil {
		l.arrivals(now)
	}
}

func (l *load) delivered(index int, number uint32, now int64) {
	room := &l.rooms[index]
	flight := &room.flights[int(number)&(len(room.flights)-1)]
	if flight.number != number || flight.left == 0 {
		return
	}
	if l.measuring {
		l.deliveries++
		l.latencies.record(now - flight.sinceNs)
	}
	flight.left--
	if flight.left == 0 {
		room.open--
		l.completed = append(l.completed, index)
	}
}

// say lets the next person of the room say the next message; the senders of a room take turns, so that a server which
// tells only the newest of what one person said within a moment has nothing to leave out.
func (l *load) say(index int, sinceNs int64) {
	room := &l.rooms[index]
	number := room.next
	room.next++
	flight := &room.flights[int(number)&(len(room.flights)-1)]
	if flight.left > 0 {
		l.lost++
		room.open--
	}
	*flight = struct {
		number  uint32
		left    int
		sinceNs int64
	}{number, l.g.plan.members, sinceNs}
	room.open++
	if l.measuring {
		l.messages++
	}
	sender := &l.g.connections[index*l.g.plan.members+int(number)%l.g.plan.senders]
	if sender.stage == joined {
		l.g.say(sender, number)
	}
}

// forget gives up what was sent before this time, and counts it as lost.
func (l *load) forget(beforeNs int64) {
	for index := range l.rooms {
		room := &l.rooms[index]
		if room.open == 0 {
			continue
		}
		for place := range room.flights {
			if flight := &room.flights[place]; flight.left > 0 && flight.sinceNs < beforeNs {
				flight.left = 0
				room.open--
				l.lost++
				l.completed = append(l.completed, index)
			}
		}
	}
}

const patienceNs = int64(5e9)

// closed keeps `window` messages on their way in every room.
func (l *load) closed(seconds float64) {
	start := l.g.poller.nowNs()
	end, look := start+int64(seconds*1e9), start+patienceNs
	for index := range l.rooms {
		for l.rooms[index].open < l.g.plan.window {
			l.say(index, start)
		}
	}
	l.g.run(func(now int64) (int64, bool) {
		if now >= look {
			l.forget(now - patienceNs)
			look = now + patienceNs/5
		}
		for _, index := range l.completed {
			if l.rooms[index].open < l.g.plan.window {
				l.say(index, now)
			}
		}
		l.completed = l.completed[:0]
		return min(end, look), now >= end
	})
}

// rate says messages when they are due, whether the former were heard or not; the rooms take turns.
func (l *load) rate(seconds float64) {
	rooms := len(l.rooms)
	start := l.g.poller.nowNs()
	every := 1e9 / (l.g.plan.rate * float64(rooms))
	due := func(count int) int64 { return start + int64(float64(count)*every) }
	all, count := int(seconds*1e9/every), 0
	l.g.run(func(now int64) (int64, bool) {
		l.completed = l.completed[:0]
		for count < all && due(count) <= now {
			l.say(count%rooms, due(count))
			count++
		}
		return due(count), count >= all
	})
}
