import { stock as words } from '../text/stock.ts';
import { useText } from '../text/use.ts';

/** The four steps of an import, as its pages name them. */
export const useSteps = (): string[] => {
  const t = useText(words);
  return [t('step1'), t('step2'), t('step3'), t('step4')];
};
