package frames

import (
	"bytes"
	"testing"
)

func fromServer(payload []byte) []byte {
	size := len(payload)
	switch {
	case size < 126:
		return append([]byte{fin | Text, byte(size)}, payload...)
	case size < 1<<16:
		return append([]byte{fin | Text, 126, byte(size >> 8), byte(size)}, payload...)
	default:
		head := []byte{fin | Text, 127, 0, 0, 0, 0, byte(size >> 24), byte(size >> 16), byte(size >> 8), byte(size)}
		return append(head, payload...)
	}
}

func TestFramesOfEverySizeAreReadOnceTheyAreWhole(t *testing.T) {
	for _, size := range []int{0, 1, 125, 126, 65_535, 65_536, 200_000} {
		payload := bytes.Repeat([]byte{'a'}, size)
		frame := fromServer(payload)
		for _, part := range []int{0, 1, 2, len(frame) / 2, len(frame) - 1} {
			if part >= len(frame) {
				continue
			}
			if _, _, taken, err := Next(frame[:part]); taken != 0 || err != nil {
				t.Errorf("%d of %d bytes: took %d, %v", part, len(frame), taken, err)
			}
		}
		opcode, found, taken, err := Next(append(frame, frame...))
		if opcode != Text || taken != len(frame) || err != nil || !bytes.Equal(found, payload) {
			t.Errorf("payload of %d: opcode %d, took %d of %d, %v", size, opcode, taken, len(frame), err)
		}
	}
}

func TestAFragmentIsAnError(t *testing.T) {
	for _, frame := range [][]byte{{Text, 1, 'a'}, {fin, 1, 'a'}} {
		if _, _, _, err := Next(frame); err != ErrFragmented {
			t.Errorf("%v: %v", frame, err)
		}
	}
}

func TestWhatAClientSaysIsMasked(t *testing.T) {
	for _, size := range []int{0, 125, 126, 65_535, 65_536} {
		payload := bytes.Repeat([]byte{'b'}, size)
		frame := Append(nil, Text, payload)
		if frame[0] != fin|Text || frame[1]&0x80 == 0 || !bytes.HasSuffix(frame, payload) {
			t.Errorf("payload of %d begins with % x", size, frame[:2])
		}
		frame[1] &= 0x7f
		// A server's frame has no key: what is read is key and payload together, less what the key took.
		_, found, _, _ := Next(frame)
		if !bytes.Equal(found, append([]byte{0, 0, 0, 0}, payload...)[:size]) {
			t.Errorf("payload of %d is not behind its key", size)
		}
	}
}

func TestEveryMarkerOfAFrameCounts(t *testing.T) {
	marker := []byte(`"n":`)
	packed := []byte("[")
	for _, number := range []uint32{0, 7, 899_999_999} {
		packed = append(packed, `{"n":`...)
		packed = AppendNumber(packed, number)
		packed = append(packed, `,"m":1},`...)
	}
	packed = append(packed, `{"n":12}]{"n":1000x0000}{"n":1`...)
	var found []uint32
	EachNumber(packed, marker, func(number uint32) { found = append(found, number) })
	if len(found) != 3 || found[0] != 0 || found[1] != 7 || found[2] != 899_999_999 {
		t.Errorf("found %v", found)
	}
}
