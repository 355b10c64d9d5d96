/** Phones share no screen, and a page that was not loaded securely has no devices at all. Pure. */
export function canShareScreen(devices: MediaDevices | undefined): boolean {
  return devices !== undefined && "getDisplayMedia" in devices;
}
