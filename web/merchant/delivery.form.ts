/** What a form of a manual delivery says, unit by unit: fields are called `unit.1.account`, secrets `secret.1.password`. */
export function unitsOf(form: FormData): Record<string, string>[] {
  const units: Record<string, string>[] = [];
  for (const [name, value] of form) {
    const [, place, key] = /^(?:unit|secret)\.(\d{1,2})\.([a-z][a-z0-9_]*)$/.exec(name) ?? [];
    if (place === undefined || key === undefined || typeof value !== 'string') continue;
    const unit = (units[Number(place) - 1] ??= {});
    if (value.trim() !== '') unit[key] = value;
  }
  return Array.from(units, (unit) => unit ?? {});
}
