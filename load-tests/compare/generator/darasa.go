package main

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"darasa/generator/frames"
)

// people is who may come, as the benchmark wrote it: "key school" in the first line, then "room participant" for each.
type people struct {
	key    []byte
	school string
	rooms  []string
	ids    []string
}

func readPeople(path string) *people {
	file, err := os.Open(path)
	must(err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Scan()
	key, school, _ := strings.Cut(lines.Text(), " ")
	bytes, err := base64.RawURLEncoding.DecodeString(key)
	must(err)
	p := &people{key: bytes, school: school}
	for lines.Scan() {
		room, id, _ := strings.Cut(lines.Text(), " ")
		p.rooms, p.ids = append(p.rooms, room), append(p.ids, id)
	}
	must(lines.Err())
	return p
}

// sign makes a ticket for one connection, as the API would (SPEC T1).
func (p *people) sign(index int) string {
	var jti [16]byte
	_, err := rand.Read(jti[:])
	must(err)
	now := time.Now()
	h := hex.EncodeToString(jti[:])
	head := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`))
	claims := fmt.Sprintf(`{"iss":"darasa","aud":"gateway","sub":"%s","jti":"%s-%s-%s-%s-%s","iat":%d,"exp":%d,"issuedAtMs":%d,`+
		`"school":"%s","name":"Person","signIn":"%s"}`,
		p.ids[index], h[:8], h[8:12], "4"+h[13:16], "8"+h[17:20], h[20:], now.Unix(), now.Unix()+30, now.UnixMilli(),
		p.school, p.ids[index])
	signed := head + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// darasa is darasa.v1: a ticket, then one room.
type darasa struct {
	people  *people
	tickets []string
	// chat: durable messages instead of pointers, which pass and are nowhere kept.
	chat bool
}

// sign makes tickets for all, before time is taken.
func (d *darasa) sign() {
	d.tickets = make([]string, len(d.people.ids))
	for index := range d.tickets {
		d.tickets[index] = d.people.sign(index)
	}
}

func (*darasa) path(*connection) string { return "/ws" }
func (*darasa) subprotocol() string     { return "darasa.v1" }

func (d *darasa) marker() []byte {
	if d.chat {
		return []byte(`"body":"`)
	}
	return []byte(`"x":0.`)
}

func (d *darasa) opened(g *generator, c *connection) {
	g.sendText(c, `{"type":"hello","ticket":"`+d.tickets[c.index]+`"}`)
}

func (d *darasa) heard(g *generator, c *connection, payload []byte) {
	switch {
	case bytes.HasPrefix(payload, []byte(`{"type":"error"`)):
		g.lost(c, "join: "+string(payload[:min(len(payload), 200)]))
	case c.step == 0 && bytes.Contains(payload, []byte(`"type":"welcome"`)):
		c.step = 1
		d.keepResume(c, payload)
		since := ""
		if c.lastSeq >= 0 {
			since = `,"since":` + strconv.FormatInt(c.lastSeq, 10)
		}
		g.sendText(c, `{"type":"joinRoom","id":"j","room":"`+d.people.rooms[c.index]+`","liveClass":null`+since+`}`)
	case bytes.HasPrefix(payload, []byte(`{"type":"ack","id":"j"`)):
		g.joined(c)
	}
}

// keepResume makes the next connection come with what the welcome brought (SPEC T7), as a client does.
func (d *darasa) keepResume(c *connection, payload []byte) {
	_, behind, found := bytes.Cut(payload, []byte(`"resume":{"ticket":"`))
	if !found {
		return
	}
	ticket, _, _ := bytes.Cut(behind, []byte(`"`))
	d.tickets[c.index] = string(ticket)
}

func (d *darasa) after(g *generator, _ *connection, payload []byte) {
	if bytes.HasPrefix(payload, []byte(`{"type":"error"`)) {
		g.failed(string(payload[:min(len(payload), 200)]))
	}
}

func (d *darasa) message(to []byte, c *connection, number uint32) []byte {
	if d.chat {
		to = append(to, `{"type":"sendMessage","id":"`...)
		to = frames.AppendNumber(to, number)
		to = strconv.AppendInt(append(to, '-'), int64(c.member), 36)
		to = append(append(to, '-'), d.tickets[c.index][len(d.tickets[c.index])-8:]...)
		to = append(append(to, `","room":"`...), d.people.rooms[c.index]...)
		to = frames.AppendNumber(append(to, `","body":"`...), number)
		return append(to, ` A line of a lesson as people write them, of some length."}`...)
	}
	to = append(append(to, `{"type":"point","room":"`...), d.people.rooms[c.index]...)
	// The last digit is no zero: the number comes back as it was written.
	to = frames.AppendNumber(append(to, `","at":{"target":"board","x":0.`...), number)
	return append(to, `1,"y":0.5}}`...)
}
