package main

import (
	"encoding/json"
	"os"
	"syscall"

	"darasa/generator/frames"
)

// generator is all connections to one server, in one thread.
type generator struct {
	plan        plan
	poller      *poller
	dialect     dialect
	marker      []byte
	load        *load
	connections []connection
	buffer      []byte
	frame       []byte
	payload     []byte

	here, opening        int
	bytes, reads, frames uint64
	errors               int
	// Of durable messages: how often one came that was not the next, and how often one came again.
	gaps, twice int
	firstErrors []string
}

func (g *generator) failed(why string) {
	g.errors++
	if len(g.firstErrors) < 3 {
		g.firstErrors = append(g.firstErrors, why)
	}
}

// count takes every message that is in the payload as a delivery.
func (g *generator) count(c *connection, payload []byte) {
	now := g.poller.nowNs()
	frames.EachNumber(payload, g.marker, func(number uint32) { g.load.delivered(c.room, number, now) })
}

// say sends one message of this person to their room.
func (g *generator) say(c *connection, number uint32) {
	g.payload = g.dialect.message(g.payload[:0], c, number)
	g.send(c, frames.Text, g.payload)
}

// run serves sockets until the step says that it is done. It is called whenever something came, and at the time that it
// asked for.
func (g *generator) run(step func(nowNs int64) (nextNs int64, done bool)) {
	armed := int64(0)
	for {
		next, done := step(g.poller.nowNs())
		if done {
			return
		}
		if next != armed {
			g.poller.wakeAt(next)
			armed = next
		}
		for _, event := range g.poller.wait() {
			if event.Fd != timerEvent {
				g.ready(&g.connections[event.Fd], event.Events)
				continue
			}
			var expirations [8]byte
			read(g.poller.timer, expirations[:])
			armed = 0
		}
	}
}

// wait serves sockets for some time.
func (g *generator) wait(seconds float64) {
	end := g.poller.nowNs() + int64(seconds*1e9)
	g.run(func(now int64) (int64, bool) { return end, now >= end })
}

// tell prints one line for the benchmark to read.
func tell(phase string, fields map[string]any) {
	fields["phase"] = phase
	line, err := json.Marshal(fields)
	must(err)
	os.Stdout.Write(append(line, '\n'))
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}
