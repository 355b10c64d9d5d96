// Command generator drives one chat server with many connections from one thread, far cheaper than any server that it
// drives, and prints what was heard: one JSON object a line, of the phases connected, begin, end.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"
)

type plan struct {
	mode, dialect        string
	targets              []syscall.SockaddrInet4
	rooms, members       int
	senders, window      int
	rate                 float64
	warm, seconds        float64
	settle               float64
	atOnce               int
	sources, firstSource int
	people               string
}

func main() {
	p := readPlan()
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(400)
	g := newGenerator(p)
	g.connect()
	switch p.mode {
	case "closed":
		g.measure(g.load.closed)
	case "rate":
		g.measure(g.load.rate)
	case "idle":
		g.measure(g.wait)
	case "storm":
		g.storm()
	default:
		fmt.Fprintln(os.Stderr, "no such mode:", p.mode)
		os.Exit(2)
	}
}

func readPlan() plan {
	p := plan{}
	var to string
	flag.StringVar(&p.mode, "mode", "closed", "closed, rate, idle (also how fast they connect), storm")
	flag.StringVar(&p.dialect, "dialect", "plain", "plain, darasa, darasa-chat, socketio, channels, centrifugo")
	flag.StringVar(&to, "to", "127.0.0.1:9001", "addresses, in turns for the connections")
	flag.IntVar(&p.rooms, "rooms", 1, "")
	flag.IntVar(&p.members, "members", 100, "connections in each room")
	flag.IntVar(&p.senders, "senders", 32, "how many of them say something")
	flag.IntVar(&p.window, "window", 1, "closed: messages on their way in each room")
	flag.Float64Var(&p.rate, "rate", 1, "rate: messages a second in each room")
	flag.Float64Var(&p.warm, "warm", 1, "seconds of load before what is measured")
	flag.Float64Var(&p.seconds, "seconds", 5, "seconds that are measured")
	flag.Float64Var(&p.settle, "settle", 1, "seconds of rest after the last has joined")
	flag.IntVar(&p.atOnce, "at-once", 64, "connections that are being opened at the same time")
	flag.IntVar(&p.sources, "sources", 0, "source addresses to connect from, 0: any")
	flag.IntVar(&p.firstSource, "first-source", 1, "the first of them is 127.0.0.(this)")
	flag.StringVar(&p.people, "people", "", "darasa: file with key, school, rooms and people")
	flag.Parse()
	p.senders = min(p.senders, p.members)
	for _, address := range strings.Split(to, ",") {
		host, port, _ := strings.Cut(address, ":")
		target := syscall.SockaddrInet4{}
		for place, part := range strings.Split(host, ".") {
			value, err := strconv.Atoi(part)
			must(err)
			target.Addr[place] = byte(value)
		}
		value, err := strconv.Atoi(port)
		must(err)
		target.Port = value
		p.targets = append(p.targets, target)
	}
	return p
}

func newGenerator(p plan) *generator {
	g := &generator{plan: p, poller: newPoller(), buffer: make([]byte, 256<<10)}
	g.dialect = g.dialectOf(p.dialect)
	g.marker = g.dialect.marker()
	g.load = newLoad(g)
	g.connections = make([]connection, p.rooms*p.members)
	for index := range g.connections {
		g.connections[index] = connection{index: index, room: index / p.members, member: index % p.members, lastSeq: -1}
	}
	return g
}

func (g *generator) dialectOf(name string) dialect {
	switch name {
	case "plain":
		return plain{}
	case "socketio":
		return socketIo{}
	case "channels":
		return channels{}
	case "centrifugo":
		return centrifugo{}
	case "darasa", "darasa-chat":
		d := &darasa{people: readPeople(g.plan.people), chat: name == "darasa-chat", runId: time.Now().UnixMilli()}
		d.sign()
		return d
	}
	fmt.Fprintln(os.Stderr, "no such dialect:", name)
	os.Exit(2)
	return nil
}

// connect opens all connections, some at a time, and tells how long that took.
func (g *generator) connect() {
	tell("connecting", map[string]any{})
	before := cpuSeconds()
	start := g.poller.nowNs()
	next, all := 0, len(g.connections)
	g.run(func(now int64) (int64, bool) {
		for next < all && g.opening < g.plan.atOnce {
			next++
			g.open(&g.connections[next-1])
		}
		isLate := now-start > int64(300e9)
		return start + int64(301e9), isLate || (next == all && g.opening == 0)
	})
	seconds := float64(g.poller.nowNs()-start) / 1e9
	tell("connected", map[string]any{
		"connections": g.here, "seconds": seconds, "perSecond": float64(g.here) / seconds,
		"joinP50Ms": g.load.joins.ms(0.5), "joinP99Ms": g.load.joins.ms(0.99),
		"generatorCpuSeconds": cpuSeconds() - before,
		"errors":              g.errors, "firstErrors": g.firstErrors,
	})
	g.wait(g.plan.settle)
}

// measure runs the load for a while that nobody looks at, then for what is measured.
func (g *generator) measure(run func(seconds float64)) {
	if g.plan.mode != "idle" {
		run(g.plan.warm)
	}
	l := g.load
	l.measuring, l.lost = true, 0
	reads, bytes, heard := g.reads, g.bytes, g.frames
	before, start := cpuSeconds(), g.poller.nowNs()
	tell("begin", map[string]any{})
	run(g.plan.seconds)
	seconds := float64(g.poller.nowNs()-start) / 1e9
	fields := map[string]any{
		"seconds": seconds, "messages": l.messages, "deliveries": l.deliveries,
		"p50Ms": l.latencies.ms(0.5), "p99Ms": l.latencies.ms(0.99), "maxMs": float64(l.latencies.most) / 1e6,
		"generatorCpuSeconds": cpuSeconds() - before,
		"reads":               g.reads - reads, "bytes": g.bytes - bytes, "frames": g.frames - heard,
		"connections": g.here,
	}
	l.measuring = false
	// What is still on its way is not lost.
	tell("measured", map[string]any{})
	if g.plan.mode == "rate" {
		g.wait(2)
		l.forget(g.poller.nowNs())
	}
	fields["lost"], fields["errors"], fields["firstErrors"] = l.lost, g.errors, g.firstErrors
	tell("end", fields)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
