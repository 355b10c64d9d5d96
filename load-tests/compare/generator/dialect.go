package main

import (
	"bytes"
	"strconv"
	"strings"

	"darasa/generator/frames"
)

// dialect is how one kind of server is spoken to.
type dialect interface {
	// path and subprotocol are those of the upgrade.
	path(c *connection) string
	subprotocol() string
	// opened is called after the upgrade, heard for each frame until the dialect calls joined, after from then on.
	opened(g *generator, c *connection)
	heard(g *generator, c *connection, payload []byte)
	after(g *generator, c *connection, payload []byte)
	// message appends what this person says to their room; the number comes back behind the marker.
	message(to []byte, c *connection, number uint32) []byte
	marker() []byte
}

func roomName(c *connection) string { return "r" + strconv.Itoa(c.room) }

// text appends a JSON object of about 120 bytes, the same for all who take what they are given.
func text(to []byte, c *connection, number uint32) []byte {
	to = append(to, `{"n":`...)
	to = frames.AppendNumber(to, number)
	to = append(to, `,"from":`...)
	to = strconv.AppendInt(to, int64(c.member), 10)
	return append(to, `,"text":"A line of a lesson as people write them: it is of no great length, but of some."}`...)
}

var textMarker = []byte(`"n":`)

// plain is text frames; the room is in the path, and the upgrade is the join.
type plain struct{}

func (plain) path(c *connection) string                         { return "/" + roomName(c) }
func (plain) subprotocol() string                               { return "" }
func (plain) opened(g *generator, c *connection)                { g.joined(c) }
func (plain) heard(*generator, *connection, []byte)             {}
func (plain) after(*generator, *connection, []byte)             {}
func (plain) marker() []byte                                    { return textMarker }
func (plain) message(to []byte, c *connection, n uint32) []byte { return text(to, c, n) }

// socketIo is Engine.IO 4 and Socket.IO 5 in text over a WebSocket from the start.
type socketIo struct{}

func (socketIo) path(*connection) string                             { return "/socket.io/?EIO=4&transport=websocket" }
func (socketIo) subprotocol() string                                 { return "" }
func (socketIo) opened(*generator, *connection)                      {}
func (socketIo) marker() []byte                                      { return textMarker }
func (s socketIo) after(g *generator, c *connection, payload []byte) { s.answerPing(g, c, payload) }

func (s socketIo) heard(g *generator, c *connection, payload []byte) {
	switch {
	case s.answerPing(g, c, payload):
	case bytes.HasPrefix(payload, []byte("0{")):
		g.sendText(c, "40")
	case bytes.HasPrefix(payload, []byte("40")):
		g.sendText(c, `420["join","`+roomName(c)+`"]`)
	case bytes.HasPrefix(payload, []byte("430")):
		g.joined(c)
	}
}

func (socketIo) answerPing(g *generator, c *connection, payload []byte) bool {
	if len(payload) != 1 || payload[0] != '2' {
		return false
	}
	g.sendText(c, "3")
	return true
}

func (socketIo) message(to []byte, c *connection, number uint32) []byte {
	to = append(to, `42["say",`...)
	return append(text(to, c, number), ']')
}

// channels is plain text whose join is done when the consumer says so.
type channels struct{ plain }

func (channels) path(c *connection) string      { return "/" + roomName(c) + "/" }
func (channels) opened(*generator, *connection) {}
func (channels) heard(g *generator, c *connection, payload []byte) {
	if string(payload) == "joined" {
		g.joined(c)
	}
}

// centrifugo is its JSON protocol: replies may come several in a frame, one a line.
type centrifugo struct{}

func (centrifugo) path(*connection) string            { return "/connection/websocket" }
func (centrifugo) subprotocol() string                { return "" }
func (centrifugo) marker() []byte                     { return textMarker }
func (centrifugo) opened(g *generator, c *connection) { g.sendText(c, `{"id":1,"connect":{}}`) }

func (z centrifugo) heard(g *generator, c *connection, payload []byte) {
	z.after(g, c, payload)
	switch {
	case bytes.Contains(payload, []byte(`"error"`)):
		g.lost(c, "centrifugo: "+string(payload))
	case c.step == 0 && bytes.Contains(payload, []byte(`"id":1`)):
		c.step = 1
		g.sendText(c, `{"id":2,"subscribe":{"channel":"`+roomName(c)+`"}}`)
	case bytes.Contains(payload, []byte(`"id":2`)):
		g.joined(c)
	}
}

func (centrifugo) after(g *generator, c *connection, payload []byte) {
	if strings.TrimSpace(string(payload[:min(len(payload), 3)])) == "{}" {
		g.sendText(c, "{}")
	}
}

func (centrifugo) message(to []byte, c *connection, number uint32) []byte {
	to = append(to, `{"id":3,"publish":{"channel":"`...)
	to = append(to, roomName(c)...)
	to = append(to, `","data":`...)
	return append(text(to, c, number), `}}`...)
}
