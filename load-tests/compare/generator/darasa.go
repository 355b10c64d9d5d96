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
	tickets []ticket
	// chat: durable messages instead of pointers, which pass and are nowhere kept.
	chat bool
	// runId makes the ids of messages others than those of the run before.
	runId int64
}

// ticket is what opens one connection, until a time.
type ticket struct {
	text  string
	until time.Time
}

const (
	// Tickets and what a welcome brings to resume live for 30 s and 15 min.
	ticketLife = 25 * time.Second
	resumeLife = 14 * time.Minute
)

// sign makes tickets for all, before time is taken.
func (d *darasa) sign() {
	d.tickets = make([]ticket, len(d.people.ids))
	for index := range d.tickets {
		d.renew(index)
	}
}

func (d *darasa) renew(index int) {
	d.tickets[index] = ticket{d.people.sign(index), time.Now().Add(ticketLife)}
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
	if time.Now().After(d.tickets[c.index].until) {
		d.renew(c.index)
	}
	g.sendText(c, `{"type":"hello","ticket":"`+d.tickets[c.index].text+`"}`)
	// It opens one connection. What the welcome brings opens the next one.
	d.tickets[c.index].until = time.Time{}
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
		if c.lastSeq < 0 {
			c.lastSeq = numberBehind(payload, `"headSeq":`)
		}
		g.joined(c)
	}
}

// keepResume makes the next connection come with what the welcome brought (SPEC T7), as a client does.
func (d *darasa) keepResume(c *connection, payload []byte) {
	_, behind, found := bytes.Cut(payload, []byte(`"resume":{"ticket":"`))
	if !found {
		return
	}
	text, _, _ := bytes.Cut(behind, []byte(`"`))
	d.tickets[c.index] = ticket{string(text), time.Now().Add(resumeLife)}
}

func (d *darasa) after(g *generator, c *connection, payload []byte) {
	if bytes.HasPrefix(payload, []byte(`{"type":"error"`)) {
		g.failed(string(payload[:min(len(payload), 200)]))
	}
	if g.plan.mode == "storm" {
		d.follow(g, c, payload)
	}
}

// follow checks that the durable messages of a room come one after the other, live or replayed (SPEC R1, R4).
func (*darasa) follow(g *generator, c *connection, payload []byte) {
	for !bytes.HasPrefix(payload, []byte(`{"type":"ack"`)) {
		at := bytes.Index(payload, []byte(`,"messageId":"`))
		if at < 0 {
			return
		}
		if from := bytes.LastIndex(payload[:at], []byte(`"seq":`)); from >= 0 {
			seq := numberBehind(payload[from:], `"seq":`)
			switch {
			case seq <= c.lastSeq:
				g.twice++
			case seq > c.lastSeq+1:
				g.gaps++
			}
			c.lastSeq = max(c.lastSeq, seq)
		}
		payload = payload[at+1:]
	}
}

// numberBehind is the whole number behind a name, -1 where there is none.
func numberBehind(payload []byte, name string) int64 {
	_, behind, found := bytes.Cut(payload, []byte(name))
	if !found {
		return -1
	}
	value := int64(0)
	for _, digit := range behind {
		if digit < '0' || digit > '9' {
			break
		}
		value = value*10 + int64(digit-'0')
	}
	return value
}

func (d *darasa) message(to []byte, c *connection, number uint32) []byte {
	if d.chat {
		to = append(to, `{"type":"sendMessage","id":"`...)
		to = frames.AppendNumber(to, number)
		to = strconv.AppendInt(append(to, '-'), int64(c.member), 36)
		to = strconv.AppendInt(append(to, '-'), d.runId, 36)
		to = append(append(to, `","room":"`...), d.people.rooms[c.index]...)
		to = frames.AppendNumber(append(to, `","body":"`...), number)
		return append(to, ` A line of a lesson as people write them, of some length."}`...)
	}
	to = append(append(to, `{"type":"point","room":"`...), d.people.rooms[c.index]...)
	// The last digit is no zero: the number comes back as it was written.
	to = frames.AppendNumber(append(to, `","at":{"target":"board","x":0.`...), number)
	return append(to, `1,"y":0.5}}`...)
}
