/** Figures of the boards of this process. */
export interface BoardStats {
  readonly connections: number;
  readonly documents: number;
  readonly unstoredUpdates: number;
  readonly unstoredBytes: number;
  readonly workerRestarts: number;
  readonly isWorkerRunning: boolean;
}
