package main

import (
	"bytes"
	"strconv"
	"strings"
	"syscall"

	"darasa/generator/frames"
)

type stage uint8

const (
	apart stage = iota
	connecting
	upgrading
	joining
	joined
)

// connection is one person of one room.
type connection struct {
	index, room, member int
	fd                  int
	stage               stage
	// step counts what a dialect has said so far.
	step int
	// rest is a frame that is not whole yet, unsent what the socket did not take.
	rest, unsent []byte
	startedNs    int64
	// lastSeq is the newest durable message that was seen, of a dialect that knows such a thing.
	lastSeq int64
}

const upgradeKey = "dGhlIHNhbXBsZSBub25jZQ=="

// open begins to connect. Each source address has its own ports: some 28,000 to one server.
func (g *generator) open(c *connection) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	must(err)
	must(syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1))
	if g.plan.sources > 0 {
		const bindAddressNoPort = 24
		must(syscall.SetsockoptInt(fd, syscall.IPPROTO_IP, bindAddressNoPort, 1))
		last := g.plan.firstSource + c.index%g.plan.sources
		must(syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, byte(last >> 8), byte(last)}}))
	}
	c.fd, c.stage, c.step, c.startedNs = fd, connecting, 0, g.poller.nowNs()
	c.rest, c.unsent = nil, nil
	g.opening++
	err = syscall.Connect(fd, &g.plan.targets[c.index%len(g.plan.targets)])
	if err != nil && err != syscall.EINPROGRESS {
		g.lost(c, "connect: "+err.Error())
		return
	}
	must(g.poller.control(syscall.EPOLL_CTL_ADD, fd, c.index, syscall.EPOLLIN|syscall.EPOLLOUT))
}

// ready goes on with whatever the socket is ready for.
func (g *generator) ready(c *connection, events uint32) {
	if c.stage == apart {
		return
	}
	if events&syscall.EPOLLOUT != 0 {
		if c.stage == connecting {
			if code, _ := syscall.GetsockoptInt(c.fd, syscall.SOL_SOCKET, syscall.SO_ERROR); code != 0 {
				g.lost(c, "connect: "+syscall.Errno(code).Error())
				return
			}
			c.stage = upgrading
			g.sendRaw(c, g.upgrade(c))
		} else {
			unsent := c.unsent
			c.unsent = nil
			g.sendRaw(c, unsent)
		}
		if c.stage != apart && len(c.unsent) == 0 {
			must(g.poller.control(syscall.EPOLL_CTL_MOD, c.fd, c.index, syscall.EPOLLIN))
		}
	}
	if events&(syscall.EPOLLIN|syscall.EPOLLHUP|syscall.EPOLLERR) != 0 && c.stage != apart {
		g.receive(c)
	}
}

func (g *generator) upgrade(c *connection) []byte {
	var request strings.Builder
	request.WriteString("GET " + g.dialect.path(c) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n")
	request.WriteString("Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + upgradeKey + "\r\n")
	if protocol := g.dialect.subprotocol(); protocol != "" {
		request.WriteString("Sec-WebSocket-Protocol: " + protocol + "\r\n")
	}
	request.WriteString("\r\n")
	return []byte(request.String())
}

func (g *generator) receive(c *connection) {
	count := read(c.fd, g.buffer)
	if count == -int(syscall.EAGAIN) {
		return
	}
	if count <= 0 {
		g.lost(c, "the server ended the connection")
		return
	}
	g.bytes += uint64(count)
	g.reads++
	came := g.buffer[:count]
	if len(c.rest) > 0 {
		c.rest = append(c.rest, came...)
		came = c.rest
	}
	left := came
	if c.stage == upgrading {
		left = g.endUpgrade(c, left)
	}
	for len(left) > 0 && (c.stage == joining || c.stage == joined) {
		opcode, payload, taken, err := frames.Next(left)
		if err != nil {
			g.lost(c, err.Error())
			return
		}
		if taken == 0 {
			break
		}
		left = left[taken:]
		g.hear(c, opcode, payload)
	}
	switch {
	case c.stage == apart || len(left) == 0:
		c.rest = nil
	default:
		c.rest = append([]byte(nil), left...)
	}
}

// endUpgrade takes the answer to the upgrade, once it is whole, and returns what came behind it.
func (g *generator) endUpgrade(c *connection, came []byte) []byte {
	end := bytes.Index(came, []byte("\r\n\r\n"))
	if end < 0 {
		return came
	}
	if !bytes.HasPrefix(came, []byte("HTTP/1.1 101")) {
		line, _, _ := strings.Cut(string(came), "\r\n")
		g.lost(c, "upgrade: "+line)
		return nil
	}
	c.stage = joining
	g.dialect.opened(g, c)
	return came[end+4:]
}

func (g *generator) hear(c *connection, opcode byte, payload []byte) {
	switch opcode {
	case frames.Ping:
		g.send(c, frames.Pong, payload)
	case frames.Close:
		code := 0
		if len(payload) >= 2 {
			code = int(payload[0])<<8 | int(payload[1])
		}
		g.lost(c, "closed with "+strconv.Itoa(code))
	case frames.Text, frames.Binary:
		g.frames++
		if c.stage == joining {
			g.dialect.heard(g, c, payload)
			return
		}
		g.dialect.after(g, c, payload)
		g.count(c, payload)
	}
}

// joined is called by a dialect when events of its room reach the connection.
func (g *generator) joined(c *connection) {
	c.stage = joined
	g.opening--
	g.here++
	g.load.arrived(c)
}

func (g *generator) lost(c *connection, why string) {
	if c.stage == joined {
		g.here--
	} else {
		g.opening--
	}
	g.drop(c)
	g.failed(why)
	g.load.left(c)
}

func (g *generator) drop(c *connection) {
	c.stage = apart
	syscall.Close(c.fd)
}

func (g *generator) send(c *connection, opcode byte, payload []byte) {
	g.frame = frames.Append(g.frame[:0], opcode, payload)
	g.sendRaw(c, g.frame)
}

func (g *generator) sendText(c *connection, text string) { g.send(c, frames.Text, []byte(text)) }

func (g *generator) sendRaw(c *connection, all []byte) {
	if c.stage == apart || len(all) == 0 {
		return
	}
	if len(c.unsent) > 0 {
		c.unsent = append(c.unsent, all...)
		return
	}
	count := write(c.fd, all)
	if count == len(all) {
		return
	}
	if count < 0 {
		if count != -int(syscall.EAGAIN) {
			g.lost(c, "write: "+syscall.Errno(-count).Error())
			return
		}
		count = 0
	}
	c.unsent = append(c.unsent, all[count:]...)
	must(g.poller.control(syscall.EPOLL_CTL_MOD, c.fd, c.index, syscall.EPOLLIN|syscall.EPOLLOUT))
}
