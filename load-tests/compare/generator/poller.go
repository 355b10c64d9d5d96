package main

import (
	"syscall"
	"time"
	"unsafe"
)

// timerEvent is what the poller says instead of a connection when its timer is due.
const timerEvent = -1

// poller waits for many sockets and one timer in one thread. Reads and writes bypass the scheduler of the runtime:
// there is nothing else to run.
type poller struct {
	epoll, timer int
	events       [1024]syscall.EpollEvent
	start        time.Time
}

func newPoller() *poller {
	epoll, err := syscall.EpollCreate1(0)
	must(err)
	const monotonic, nonBlocking = 1, syscall.O_NONBLOCK
	timer, _, errno := syscall.RawSyscall(syscall.SYS_TIMERFD_CREATE, monotonic, nonBlocking, 0)
	if errno != 0 {
		must(errno)
	}
	p := &poller{epoll: epoll, timer: int(timer), start: time.Now()}
	must(p.control(syscall.EPOLL_CTL_ADD, p.timer, timerEvent, syscall.EPOLLIN))
	return p
}

// nowNs is the time since the start.
func (p *poller) nowNs() int64 { return int64(time.Since(p.start)) }

func (p *poller) control(operation, fd, name int, events uint32) error {
	return syscall.EpollCtl(p.epoll, operation, fd, &syscall.EpollEvent{Events: events, Fd: int32(name)})
}

// wakeAt sets the timer to this time since the start.
func (p *poller) wakeAt(ns int64) {
	wait := ns - p.nowNs()
	if wait < 1 {
		wait = 1
	}
	spec := [4]int64{0, 0, wait / 1e9, wait % 1e9}
	syscall.RawSyscall6(syscall.SYS_TIMERFD_SETTIME, uintptr(p.timer), 0, uintptr(unsafe.Pointer(&spec)), 0, 0, 0)
}

// wait returns what is ready.
func (p *poller) wait() []syscall.EpollEvent {
	for {
		count, _, errno := syscall.RawSyscall6(syscall.SYS_EPOLL_PWAIT, uintptr(p.epoll),
			uintptr(unsafe.Pointer(&p.events[0])), uintptr(len(p.events)), ^uintptr(0), 0, 0)
		if errno == 0 {
			return p.events[:count]
		}
		if errno != syscall.EINTR {
			must(errno)
		}
	}
}

// read returns how many bytes came; 0 means that the other side ended, a negative number the error.
func read(fd int, into []byte) int { return move(syscall.SYS_READ, fd, into) }

// write returns how many bytes went, or as a negative number the error.
func write(fd int, from []byte) int { return move(syscall.SYS_WRITE, fd, from) }

func move(call uintptr, fd int, bytes []byte) int {
	for {
		count, _, errno := syscall.RawSyscall(call, uintptr(fd), uintptr(unsafe.Pointer(&bytes[0])), uintptr(len(bytes)))
		switch errno {
		case 0:
			return int(count)
		case syscall.EINTR:
		default:
			return -int(errno)
		}
	}
}
