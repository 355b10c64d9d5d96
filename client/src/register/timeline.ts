import type { Attendee, Register } from "../api/api.ts";

/** The stretch of time that the register's bars show; epoch ms, `toMs` > `fromMs`. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A piece of a bar, as fractions (0 to 1) of the span. */
export interface Bar {
  readonly start: number;
  readonly length: number;
}

const minSpanMs = 60_000;
/** A visit of seconds in a class of hours must still be seen. */
const minBarLength = 0.006;

/**
 * From the start of the class, or the first visit if that was earlier, to its end, or the last visit, or
 * now while it runs. Null for a class that has not started.
 */
export function registerSpan({ liveClass, people }: Register, nowMs: number): Span | null {
  if (liveClass.startedAtMs === null) return null;
  const visits = people.flatMap((person) => person.segments);
  const lastMs = liveClass.endedAtMs ?? nowMs;
  const fromMs = Math.min(liveClass.startedAtMs, ...visits.map((visit) => visit.fromMs));
  const toMs = Math.max(lastMs, ...visits.map((visit) => visit.toMs));
  return { fromMs, toMs: Math.max(toMs, fromMs + minSpanMs) };
}

/** The bars of one person's visits within the span; each at least long enough to be seen. */
export function registerBars(person: Pick<Attendee, "segments">, span: Span): readonly Bar[] {
  const lengthMs = span.toMs - span.fromMs;
  return person.segments.map(({ fromMs, toMs }) => {
    const start = clamp((fromMs - span.fromMs) / lengthMs);
    const end = clamp((toMs - span.fromMs) / lengthMs);
    const length = Math.max(end - start, minBarLength);
    return { start: Math.min(start, 1 - length), length };
  });
}

/** Whole marks along the span, at most six, at round minutes of the clock (epoch ms). */
export function timeMarks(span: Span): readonly number[] {
  const minuteMs = 60_000;
  const stepMs = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480]
    .map((minutes) => minutes * minuteMs)
    .find((step) => (span.toMs - span.fromMs) / step <= 5);
  if (stepMs === undefined) return [];
  const marks: number[] = [];
  for (let at = Math.ceil(span.fromMs / stepMs) * stepMs; at <= span.toMs; at += stepMs) {
    marks.push(at);
  }
  return marks;
}

/** What the register says of all together; minutes of students and guests only in the average. */
export interface RegisterTotals {
  readonly people: number;
  readonly presentNow: number;
  readonly lengthMinutes: number;
  /** Null when nobody but teachers came. */
  readonly averageMinutes: number | null;
}

/** Adds the register up. */
export function registerTotals(register: Register, nowMs: number): RegisterTotals {
  const { startedAtMs, endedAtMs } = register.liveClass;
  const came = register.people.filter((person) => person.firstJoinedAtMs !== null);
  const learners = came.filter((person) => person.role !== "teacher");
  const sum = learners.reduce((minutes, person) => minutes + person.minutes, 0);
  return {
    people: came.length,
    presentNow: came.filter((person) => person.present).length,
    lengthMinutes: startedAtMs === null ? 0 : ((endedAtMs ?? nowMs) - startedAtMs) / 60_000,
    averageMinutes: learners.length === 0 ? null : sum / learners.length,
  };
}

/** Teachers first, then by name, as a class list is written. */
export function sortPeople(people: readonly Attendee[], language: string): readonly Attendee[] {
  const rank = (person: Attendee): number => (person.role === "teacher" ? 0 : 1);
  return [...people].sort(
    (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, language) || 0,
  );
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
