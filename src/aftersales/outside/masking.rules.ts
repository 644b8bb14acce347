/** 张三 → 张*; 欧阳修 → 欧**. The first letter stays, as on forms. */
export const maskedName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return `${first}${'*'.repeat(Math.min(rest.length, 3))}`;
};

/** 13800138000 → 138****8000; what is shorter than eight digits shows its last two. */
export function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 8
    ? `${'*'.repeat(Math.max(0, digits.length - 2))}${digits.slice(-2)}`
    : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** Province and city stay. */
export const maskedAddress = (address: string): string =>
  [...address].length > 6 ? `${[...address].slice(0, 6).join('')}****` : '****';

/** A code shows its last four characters, and of a short one fewer. */
export function maskedCode(code: string): string {
  const letters = [...code];
  const shown = Math.min(4, Math.floor(letters.length / 4));
  return `${'*'.repeat(letters.length - shown)}${letters.slice(letters.length - shown).join('')}`;
}
