/** What the process can do with mail. */
export interface MailSetup {
  /** False: nothing is sent, and what would have been waits in the outbox page. */
  readonly canSend: boolean;
}
