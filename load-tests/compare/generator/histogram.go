package main

import "math/bits"

const (
	stepsPerDoubling = 64
	doublings        = 40
)

// histogram keeps times to within 1.6 %, however many there are.
type histogram struct {
	counts [doublings * stepsPerDoubling]uint64
	total  uint64
	most   int64
}

func (h *histogram) record(ns int64) {
	if ns < 0 {
		ns = 0
	}
	h.counts[bucketOf(uint64(ns))]++
	h.total++
	if ns > h.most {
		h.most = ns
	}
}

// ms is the time that this fraction of all did not exceed.
func (h *histogram) ms(fraction float64) float64 {
	if h.total == 0 {
		return 0
	}
	left := uint64(fraction * float64(h.total))
	for bucket, count := range h.counts {
		if left < count {
			return float64(lowest(bucket)) / 1e6
		}
		left -= count
	}
	return float64(h.most) / 1e6
}

func bucketOf(value uint64) int {
	if value < stepsPerDoubling {
		return int(value)
	}
	shift := bits.Len64(value) - 7
	bucket := (shift+1)*stepsPerDoubling + int(value>>shift) - stepsPerDoubling
	if last := doublings*stepsPerDoubling - 1; bucket > last {
		return last
	}
	return bucket
}

func lowest(bucket int) uint64 {
	if bucket < stepsPerDoubling {
		return uint64(bucket)
	}
	shift := bucket/stepsPerDoubling - 1
	return uint64(bucket%stepsPerDoubling+stepsPerDoubling) << shift
}
