/** What somebody typed as yuan ('100', '100.5', '1,000.50', '￥100') in fen; undefined when it is not an amount. */
export function fenOf(typed: string): string | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.replaceAll(/[,，¥￥\s]/g, ''));
  if (!match) return undefined;
  const [, whole = '', cents = ''] = match;
  return (BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'))).toString();
}
