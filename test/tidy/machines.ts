/** A row of a transition table: from, event, by whom, to, article, and the parameter that times it. */
export type Row = readonly (string | undefined)[];

const actors = ['buyer', 'merchant', 'operator', 'arbitrator', 'channel', 'supplier', 'clock', 'system'];

/** What is wrong with a life: states that nobody reaches, steps that lead two ways, unknown actors. It begins where its first row begins. */
export function machineFaults(name: string, table: readonly Row[]): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [from = '', event = '', by = '', to = ''] of table) {
    const step = `${from} ${event} by ${by}`;
    if (seen.has(step)) faults.push(`${name}: ${step} leads two ways`);
    seen.add(step);
    if (!actors.includes(by)) faults.push(`${name}: ${step}: nobody is called ${by}`);
    if (!from || !event || !to) faults.push(`${name}: ${step}: a row says from, event, by and to`);
  }
  const reached = new Set([table[0]?.[0]]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const [from, , , to] of table) if (reached.has(from)) reached.add(to);
  }
  const states = new Set(table.flatMap(([from, , , to]) => [from, to]));
  for (const state of states) if (!reached.has(state)) faults.push(`${name}: nothing leads to ${state}`);
  return faults;
}
