/** What the page of a case says while a panel, a jury or a senior has it. */
export const caseHearing = {
  b_jury_asked: { zh: '有人提议评审团，钱还冻着', en: 'A jury was proposed; the money stays frozen' },
  b_jury_asked_x: {
    zh: '双方都同意才用评审团，否则由三位仲裁员来定。[[29]]',
    en: 'A jury takes both sides; otherwise three arbitrators decide. [[29]]',
  },
  b_jury: { zh: '17 位评审员在看，钱还冻着', en: 'Seventeen jurors look at it; the money stays frozen' },
  b_jury_x: {
    zh: '先密封投票再公开，先得 9 票为准。不成就转仲裁庭。[[29]]',
    en: 'Votes are sealed, then opened; nine decide. If not, it goes to a panel. [[29]]',
  },
  b_arbitration: {
    zh: '三位仲裁员在看，钱还冻着',
    en: 'Three arbitrators look at it; the money stays frozen',
  },
  b_arbitration_x: {
    zh: '抽签产生，都没经手过。到时间一定有结果，逾期的换人。[[29]]',
    en: 'Drawn by lot, none of them had it before. A result comes in time; who is late is replaced. [[29]]',
  },
  b_chaired: { zh: '没有多数，由首席来定', en: 'No majority; a senior arbitrator decides' },
  b_chaired_x: {
    zh: '首席到时间没定，第一次的裁决就维持。[[29]]',
    en: 'If no ruling comes in time, the first decision stands. [[29]]',
  },
  b_awarded_won: { zh: '仲裁支持你：{amount}', en: 'The panel is for you: {amount}' },
  b_awarded_won_x: {
    zh: '5 日内没人申请复核就自动执行。[[29]]',
    en: 'Carried out by itself in 5 days unless somebody appeals. [[29]]',
  },
  b_awarded_lost: { zh: '仲裁没有支持你', en: 'The panel is not for you' },
  b_awarded_lost_x: {
    zh: '理由都在下面。5 日内可以再申请一次复核，12315 和起诉随时可以。[[29]]',
    en: 'The reasons are below. One appeal within 5 days; 12315 and the courts are always open. [[29]]',
  },
  else_panel: {
    zh: '逾期未投的席位换人，再没有多数就交首席。[[29]]',
    en: 'Late seats are replaced; without a majority a senior decides. [[29]]',
  },
  else_chair: {
    zh: '到时间没定，第一次的裁决维持。[[29]]',
    en: 'Without a ruling in time the first decision stands. [[29]]',
  },
  else_final: { zh: '没人申请复核就自动执行。[[29]]', en: 'Carried out by itself unless appealed. [[29]]' },
  else_consent: { zh: '没等到同意，转仲裁庭。[[29]]', en: 'Without consent it goes to a panel. [[29]]' },
  else_close_jury: { zh: '没有 9 票，转仲裁庭。[[29]]', en: 'Without nine votes it goes to a panel. [[29]]' },
  award: { zh: '仲裁裁决书', en: 'The award' },
  waitsFinal: { zh: '等裁决生效', en: 'Until the decision is final' },
  waitsClose: { zh: '等结案', en: 'Until it is closed' },
} as const;
