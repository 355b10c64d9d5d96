package frames

import "bytes"

// Digits is how long the number behind a marker is.
const Digits = 9

const first = 100_000_000

// AppendNumber appends a number below 900,000,000 in as many digits as Digits says, never beginning with 0.
func AppendNumber(to []byte, number uint32) []byte {
	var digits [Digits]byte
	for value, place := number+first, Digits-1; place >= 0; place-- {
		digits[place] = byte('0' + value%10)
		value /= 10
	}
	return append(to, digits[:]...)
}

// EachNumber calls for every marker in the payload with the number behind it: of messages that were packed into one
// frame each one counts.
func EachNumber(payload, marker []byte, call func(number uint32)) {
	for {
		at := bytes.Index(payload, marker)
		if at < 0 || len(payload) < at+len(marker)+Digits {
			return
		}
		payload = payload[at+len(marker):]
		value := uint32(0)
		for _, digit := range payload[:Digits] {
			if digit < '0' || digit > '9' {
				value = 0
				break
			}
			value = value*10 + uint32(digit-'0')
		}
		if value >= first {
			call(value - first)
		}
	}
}
