// Package frames reads and writes what a WebSocket client says and hears (RFC 6455): no extensions, no fragments.
package frames

import "errors"

// Opcodes of RFC 6455, section 5.2.
const (
	Text   = 0x1
	Binary = 0x2
	Close  = 0x8
	Ping   = 0x9
	Pong   = 0xA
)

const fin = 0x80

// ErrFragmented is returned for a message in several frames: no server here sends one.
var ErrFragmented = errors.New("a message came in fragments")

// Append appends one frame from a client. Its masking key is zero, which leaves the payload as it is: the server
// unmasks as always, and the generator has nothing to do.
func Append(to []byte, opcode byte, payload []byte) []byte {
	const masked = 0x80
	to = append(to, fin|opcode)
	switch size := len(payload); {
	case size < 126:
		to = append(to, masked|byte(size))
	case size < 1<<16:
		to = append(to, masked|126, byte(size>>8), byte(size))
	default:
		to = append(to, masked|127, 0, 0, 0, 0, byte(size>>24), byte(size>>16), byte(size>>8), byte(size))
	}
	to = append(to, 0, 0, 0, 0)
	return append(to, payload...)
}

// Next reads the first frame of the bytes: its opcode, its payload (borrowed from them), and how many bytes it takes.
// That is 0 while the frame is not whole.
func Next(bytes []byte) (opcode byte, payload []byte, taken int, err error) {
	if len(bytes) < 2 {
		return 0, nil, 0, nil
	}
	opcode = bytes[0] & 0x0f
	if bytes[0]&fin == 0 || opcode == 0 {
		return 0, nil, 0, ErrFragmented
	}
	size, head := uint64(bytes[1]&0x7f), 2
	if size >= 126 {
		head = 4
		if size == 127 {
			head = 10
		}
		if len(bytes) < head {
			return 0, nil, 0, nil
		}
		size = 0
		for _, part := range bytes[2:head] {
			size = size<<8 | uint64(part)
		}
	}
	if uint64(len(bytes)-head) < size {
		return 0, nil, 0, nil
	}
	taken = head + int(size)
	return opcode, bytes[head:taken], taken, nil
}
