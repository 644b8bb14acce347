import { done, refuse, type Result } from '../../kit/result.ts';
import type { ContentField, Manual } from '../../catalog/manual.contract.ts';
import { contentMax } from '../../catalog/manual.contract.ts';
import type { ManualRefusal } from './contract.ts';

/** What a listing that says nothing about its form is delivered with. */
const plainFields: readonly ContentField[] = [
  { key: 'content', label: '交付内容', type: 'secret', required: true },
  { key: 'note', label: '使用说明', type: 'note', required: false },
];

export const fieldsOf = (manual: Manual | null): readonly ContentField[] => manual?.fields ?? plainFields;

/** What was typed for one unit: the key of each field to its text. */
export type Content = Readonly<Record<string, string>>;

const emptyWords =
  /^[\s,.，。、!！~～]*(已(经)?发(货|送|了|过)?|发(货)?了|已处理|已开通|已完成|完成|好了|ok|done|sent|delivered|见聊天|看聊天|私聊|联系客服)[\s,.，。、!！~～]*$/i;

/** Whether a text says only that something was sent: that is no delivery (VGSR article 13). */
export const saysNothing = (content: Content): boolean => {
  const texts = Object.values(content).filter((text) => text !== '');
  return texts.length > 0 && texts.every((text) => emptyWords.test(text.normalize('NFKC')));
};

/** What is delivered, cleaned, one for each unit; or the first thing that is wrong, with its field and place. */
export function decideContents(
  fields: readonly ContentField[],
  units: readonly Content[],
  quantity: number,
): Result<Content[], ManualRefusal> {
  if (units.length !== quantity) return refuse('CONTENT_INCOMPLETE', { place: units.length + 1, quantity });
  const contents: Content[] = [];
  for (const [i, unit] of units.entries()) {
    const about = (key: string) => ({ key, place: i + 1 });
    const content: Record<string, string> = {};
    for (const { key, type, required } of fields) {
      const value = (unit[key] ?? '').trim();
      if (value === '' && required) return refuse('CONTENT_INCOMPLETE', about(key));
      if (value.length > contentMax || (type === 'link' && value !== '' && !isLink(value)))
        return refuse('CONTENT_INVALID', about(key));
      if (value !== '') content[key] = value;
    }
    if (Object.keys(content).length === 0) return refuse('CONTENT_INCOMPLETE', about(fields[0]?.key ?? ''));
    if (saysNothing(content)) return refuse('CONTENT_SAYS_NOTHING', about(Object.keys(content)[0] ?? ''));
    contents.push(content);
  }
  return done(contents);
}

function isLink(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && url.username === '';
}
