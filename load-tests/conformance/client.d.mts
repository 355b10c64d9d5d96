/** Types of `client.mjs` for those in TypeScript who start it. */
export class Connection {
  static open(url: string, ticket: string): Promise<Connection>;
  close(): void;
}
