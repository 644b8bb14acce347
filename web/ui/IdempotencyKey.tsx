/**
 * The hidden key of a form: the same form sent twice (a second press, the back button, a lost answer) acts once.
 * The value comes from the loader: `formKey: formKey(context)`.
 */
export const IdempotencyKey = ({ value }: { value: string }) => (
  <input type="hidden" name="idempotencyKey" value={value} />
);
