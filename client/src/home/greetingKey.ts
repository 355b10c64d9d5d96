const noonHour = 12;
const eveningHour = 17;

/** The catalogue's greeting for an hour of the day. */
export function greetingKey(hour: number): "home.morning" | "home.afternoon" | "home.evening" {
  if (hour < noonHour) return "home.morning";
  return hour < eveningHour ? "home.afternoon" : "home.evening";
}
