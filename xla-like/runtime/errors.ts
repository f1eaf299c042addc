/** Misuse of the runtime: deleted buffers, wrong arguments of an executable, a device of another client. */
export class RuntimeUseError extends Error {
  override readonly name = "RuntimeUseError";
}

/** The device, its driver or a program on it failed: what it says. */
export class DeviceFailure extends Error {
  override readonly name = "DeviceFailure";

  constructor(
    readonly device: string,
    readonly reason: string,
  ) {
    super(`${device}: ${reason}`);
  }
}

/** The device has no memory left, even after a collection; or a computation, when its turn came, none to work in. */
export class OutOfMemory extends Error {
  override readonly name = "OutOfMemory";

  constructor(
    readonly device: string,
    /** What was asked for; 0 if that is not known. */
    readonly bytes: number,
    /** What live buffers hold. */
    readonly bytesInUse: number,
  ) {
    super(`${device} has no room for ${bytes || "more"} bytes: live buffers hold ${bytesInUse}`);
  }
}
