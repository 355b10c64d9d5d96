/** A gateway's `/metrics` by name, labels included, as Prometheus would read them. */
export async function readFigures(port: number): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  const lines = (await answer.text()).split("\n").filter((line) => !/^(#|$)/.test(line));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(" ");
      return [line.slice(0, end), Number(line.slice(end))];
    }),
  );
}

/** One of them; NaN where there is none of that name. */
export async function readFigure(port: number, name: string): Promise<number> {
  return (await readFigures(port)).get(name) ?? NaN;
}
