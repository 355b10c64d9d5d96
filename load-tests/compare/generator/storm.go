package main

import "math/rand"

const (
	// A client whose network was cut waits at random for up to this long, and twice as long after each failure (SPEC C2).
	firstWaitNs = int64(300e6)
	mostWaitNs  = int64(10e9)
	stormEndsNs = int64(60e9)
)

// storm is what happens when everybody is cut at once and comes back.
type storm struct {
	// backAtNs is when each connection that is away tries again, triesOf how often it has.
	backAtNs []int64
	triesOf  []int
	waiting  []int
	times    histogram
	back     int
}

// left makes a connection that was lost during a storm come back later.
func (l *load) left(c *connection) {
	if l.storm != nil {
		l.storm.later(c.index, l.g.poller.nowNs())
	}
}

func (s *storm) later(index int, now int64) {
	wait := min(firstWaitNs<<min(s.triesOf[index], 8), mostWaitNs)
	s.triesOf[index]++
	s.backAtNs[index] = now + rand.Int63n(wait)
	s.waiting = append(s.waiting, index)
}

// open begins with those whose time has come, and returns when the next one's does.
func (s *storm) open(g *generator, now int64) int64 {
	next, still := now+int64(50e6), s.waiting[:0]
	due := []int(nil)
	for _, index := range s.waiting {
		if s.backAtNs[index] <= now {
			due = append(due, index)
			continue
		}
		still = append(still, index)
		next = min(next, s.backAtNs[index])
	}
	s.waiting = still
	for _, index := range due {
		g.open(&g.connections[index])
	}
	return next
}

// storm cuts all connections but the first of each room, which goes on saying something at the given rate.
func (g *generator) storm() {
	cutAt := g.poller.nowNs()
	count := len(g.connections)
	s := &storm{backAtNs: make([]int64, count), triesOf: make([]int, count)}
	g.load.storm = s
	g.errors, g.firstErrors = 0, nil
	tell("begin", map[string]any{})
	for index := range g.connections {
		if c := &g.connections[index]; c.member > 0 && c.stage == joined {
			g.here--
			g.drop(c)
			s.later(index, cutAt)
		}
	}
	cut := len(s.waiting)
	g.load.arrivals = func(now int64) {
		s.back++
		s.times.record(now - cutAt)
	}
	said, every := uint32(0), int64(1e9/g.plan.rate)
	g.run(func(now int64) (int64, bool) {
		next := s.open(g, now)
		for due := cutAt + int64(said)*every; due <= now; due = cutAt + int64(said)*every {
			for room := 0; room < g.plan.rooms; room++ {
				g.say(&g.connections[room*g.plan.members], said)
			}
			said++
		}
		return min(next, cutAt+int64(said)*every), s.back == cut || now-cutAt > stormEndsNs
	})
	allBack := float64(g.poller.nowNs()-cutAt) / 1e9
	tell("measured", map[string]any{})
	g.load.storm = nil
	g.wait(g.plan.settle + 2)
	fields := map[string]any{
		"cut": cut, "back": s.back, "secondsUntilAllBack": allBack,
		"backP50Ms": s.times.ms(0.5), "backP99Ms": s.times.ms(0.99),
		"messages": int(said) * g.plan.rooms, "missed": g.missed(), "twice": g.twice, "gaps": g.gaps,
		"errors": g.errors, "firstErrors": g.firstErrors,
	}
	tell("storm", fields)
}

// missed is how many connections are behind the one of their room that was never away.
func (g *generator) missed() int {
	behind := 0
	for index := range g.connections {
		c := &g.connections[index]
		if c.lastSeq < g.connections[c.room*g.plan.members].lastSeq {
			behind++
		}
	}
	return behind
}
