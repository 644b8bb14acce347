import type { MessageKindRow } from './contract.ts';

/** Messages about cases: to the buyer, to those of the shop who answer, to the desk. */
export const caseMessages = {
  'case.news': {
    takes: { case: 'case', listing: 'title', what: 'words', next: 'words' },
    link: '/cases/{case}',
    title: { zh: '售后：{what}', en: 'Your case: {what}' },
    text: { zh: '{listing}：{what}。{next}', en: '{listing}: {what}. {next}' },
  },
  'jury.seat': {
    takes: { case: 'case', what: 'words', until: 'time' },
    link: '/jury/{case}',
    title: { zh: '评审席位：{what}', en: 'Your seat on a jury: {what}' },
    text: {
      zh: '{what}。最迟 {until}（北京时间）。不公开你是谁，也请不要和别人商量。〔第29条〕',
      en: '{what}. Until {until} Beijing time. Nobody learns who you are; please talk to nobody about it (article 29).',
    },
  },
  'panel.seat': {
    takes: { case: 'case', until: 'time' },
    link: '/operator/cases/{case}',
    title: { zh: '你被抽中仲裁一案', en: 'You were drawn for a panel' },
    text: {
      zh: '最迟 {until}（北京时间）投票并写明理由；与你有关的，请先回避。〔第29条〕',
      en: 'Vote with reasons until {until} Beijing time; withdraw first if it concerns you (article 29).',
    },
  },
  'case.survey': {
    takes: { case: 'case', listing: 'title' },
    link: '/cases/{case}#survey',
    title: { zh: '这次售后处理得怎么样', en: 'How was your case handled' },
    text: {
      zh: '{listing}：已经结案。三个问题，十秒钟，只问这一次。',
      en: '{listing}: your case is closed. Three questions, ten seconds, asked this once.',
    },
  },
  'shop.case': {
    takes: { case: 'case', listing: 'title', what: 'words', next: 'words' },
    link: '/merchant/cases/{case}',
    title: { zh: '售后：{what}', en: 'A case: {what}' },
    text: { zh: '{listing}：{what}。{next}', en: '{listing}: {what}. {next}' },
  },
  'staff.case': {
    takes: { case: 'case', listing: 'title', what: 'words', next: 'words', reason: 'words' },
    link: '/operator/cases/{case}',
    title: { zh: '裁决台：{what}', en: 'Case desk: {what}' },
    text: { zh: '{reason}，{listing}：{what}。{next}', en: '{reason}, {listing}: {what}. {next}' },
  },
} as const satisfies Record<string, MessageKindRow>;
