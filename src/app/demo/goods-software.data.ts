import type { Family } from './family.ts';

const lasting = (meaning: string): NonNullable<Family['promises']> => [{ word: 'permanent', meaning }];
const site = 'https://download.qinghe-software.example';

/** 青禾软件屋: licences of invented programs. */
export const software: readonly Family[] = [
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '墨笺文档', noun: '授权', face: '墨笺文档', colour: 'slate', keyFormat: 'code25', activations: 3,
    download: { url: `${site}/mojian`, version: '6.2' },
    intro: '墨笺文档写长文、排讲义，文件是开放格式，别的软件也能打开。',
    redeem: '装好以后打开“帮助—激活”，填 25 位授权码，联网激活一次。',
    verify: '激活成功后“帮助—关于”里会写明版本、台数和到期日。',
    binding: '一个授权码绑定所写台数的电脑；换电脑先在旧电脑上解绑，每年可解绑四次', mustConfirm: true, devices: 'Windows 10 以上、macOS 13 以上、主流 Linux', validity: '按所选版本；升级包在有效期内免费', keywords: ['墨笺', '文档', '办公', '授权'],
    promises: lasting('一次购买，没有使用期限；停止服务时提前 90 天通知，并给出不联网也能用的激活包。'),
    items: [
      ['标准版 一年', 9800, '一年，一台电脑，写作业和论文够用。', { activations: 1 }],
      ['专业版 永久', 26_800, '永久授权，三台电脑，含公式和参考文献。', { from: [5, 20] }],
      ['团队版 五人一年', 58_000, '五个人各三台，可以一起改同一份稿子。', { activations: 15 }],
      ['教育版 永久', 12_800, '永久授权，两台电脑，激活时要用学校邮箱收信。', { activations: 2 }],
    ],
  },
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '素影修图', noun: '授权', face: '素影修图', colour: 'ochre', keyFormat: 'licence', activations: 2,
    download: { url: `${site}/suying`, version: '11.0' },
    intro: '素影修图打开原始格式很快，调色的步骤都记在旁边，随时能退回去。',
    redeem: '第一次启动会问授权文件，把收到的授权码整段粘贴进去。',
    verify: '主界面右下角从“试用”变成“已授权”，并显示台数。',
    binding: '绑定两台电脑，满额以后可以在网页上踢掉旧电脑', mustConfirm: true, devices: 'Windows 11、macOS 14 以上，需要 8 GB 内存', validity: '授权码长期可用，大版本升级另行购买', keywords: ['素影', '修图', '摄影', '授权'],
    items: [
      ['个人版', 19_900, '两台电脑，适合自己拍照自己修。'],
      ['影楼版', 49_900, '八台电脑，带批量出片和水印。', { activations: 8 }],
      ['升级到 11', 8900, '给 9 和 10 的老用户，激活时会核对旧授权。'],
    ],
  },
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '石榴表格', noun: '授权', face: '石榴表格', colour: 'moss', keyFormat: 'code25', activations: 1,
    download: { url: `${site}/shiliu`, version: '4.7' },
    intro: '石榴表格打开几十万行不卡，公式写错会用人话告诉你错在哪里。',
    redeem: '“文件—账户—输入产品码”，粘贴后重启一次。',
    verify: '重启后标题栏写着授权类型；也可以在官网查询产品码状态。',
    binding: '绑定一台电脑，换机每年两次', mustConfirm: true, devices: 'Windows 10 以上、macOS 13 以上', validity: '自激活之日起算', keywords: ['石榴', '表格', '办公', '授权'],
    items: [
      ['一年', 7800, '一年内的小版本都能升。'],
      ['三年', 18_800, '三年期，合到每个月五块多。', { from: [10] }],
      ['财务版 一年', 16_800, '多了凭证套打和对账，模板是会计做的。'],
    ],
  },
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '铜雀剪辑', noun: '授权', face: '铜雀剪辑', colour: 'pine', keyFormat: 'licence', activations: 2,
    download: { url: `${site}/tongque`, version: '2026.3' },
    intro: '铜雀剪辑的时间线很干净，字幕可以先打字再对时间。',
    redeem: '登录界面选“我有授权码”，填入以后会下载素材库，请连着网。',
    verify: '“项目设置”里的导出上限从 720P 变成 4K，就是激活好了。',
    binding: '绑定两台电脑，可以在设置里自行解绑', mustConfirm: true, devices: 'Windows 11、macOS 14 以上，建议独立显卡', validity: '按所选时长', keywords: ['铜雀', '剪辑', '视频', '授权'],
    items: [
      ['半年', 12_800, '做完一部短片的时间。'],
      ['一年', 21_800, '一年里新出的转场和字体都包含。', { from: [5] }],
      ['永久版', 56_800, '永久授权，适合长期做片子的人。'],
    ],
    promises: lasting('一次购买，没有使用期限；两年内的大版本免费升级，以后可以留在当时的版本。'),
  },
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '陶罐备份', noun: '授权', face: '陶罐备份', colour: 'ochre', keyFormat: 'free', activations: 5,
    download: { url: `${site}/taoguan`, version: '3.9' },
    intro: '陶罐备份把家里几台电脑的文件按天存下来，误删了能找回前天的样子。',
    redeem: '打开控制台“许可证”，粘贴授权码，其他电脑登录同一个账户即可。',
    verify: '“许可证”页列出可用台数和已用台数，台数对得上就有效。',
    binding: '绑定备份账户，台数之内随意更换电脑', mustConfirm: false, devices: 'Windows、macOS、Linux、家用 NAS', validity: '按所选年数', keywords: ['陶罐', '备份', '工具', '授权'],
    items: [
      ['家庭版 一年', 9900, '五台设备，存在自己的移动硬盘或 NAS 上。'],
      ['家庭版 三年', 22_900, '三年期，不用每年记着续。'],
      ['工作室版 一年', 29_900, '十五台设备，能把每天的结果用邮件报给你。', { activations: 15 }],
    ],
  },
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '蓑衣防护', noun: '授权', face: '蓑衣防护', colour: 'sky', keyFormat: 'code25', activations: 3,
    download: { url: `${site}/suoyi`, version: '9.1' },
    intro: '蓑衣防护盯着可疑的下载和弹窗，平时安静，占用内存不到一百兆。',
    redeem: '装好以后点托盘图标“输入激活码”，三台设备用同一个码。',
    verify: '托盘图标变成绿色，点开能看到剩余天数。',
    binding: '同一个码绑定三台设备，可以随时移除一台再加一台', mustConfirm: false, devices: 'Windows 10 以上、安卓 10 以上', validity: '自第一台设备激活起算', keywords: ['蓑衣', '防护', '安全', '授权'],
    items: [
      ['一年', 5900, '三台设备，给自己和父母的电脑各装一份。'],
      ['两年', 9900, '两年期，同样三台设备。', { from: [10, 50] }],
      ['儿童守护 一年', 8900, '多了上网时段和网站名单，家长在手机上设。'],
    ],
  },
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '鹿鸣编程', noun: '授权', face: '鹿鸣编程', colour: 'pine', keyFormat: 'licence', activations: 2,
    download: { url: `${site}/luming`, version: '2026.2' },
    intro: '鹿鸣编程是一个写代码的编辑器，补全在本机跑，代码不出你的电脑。',
    redeem: '“Help—Register”里粘贴授权文本，不联网也能激活。',
    verify: '启动画面会印上授权人和到期日，授权人在激活时由你填。',
    binding: '授权给一个人，可以装在这个人的两台电脑上', mustConfirm: true, devices: 'Windows、macOS、Linux', validity: '一年内的版本都可用，到期后停在最后那个版本', keywords: ['鹿鸣', '编程', '开发', '授权'],
    items: [
      ['个人 一年', 29_900, '写自己的项目用，发票抬头不限。'],
      ['个人 续费', 19_900, '给上一年的用户，旧授权没有过期超过三十天才能用。'],
      ['学生 一年', 5900, '激活时要上传学生证照片给软件公司，一般当天回复。'],
    ],
  },
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '镜湖会议', noun: '坐席', face: '镜湖会议', colour: 'sky', keyFormat: 'code25', activations: 1,
    download: { url: `${site}/jinghu`, version: '5.5' },
    intro: '镜湖会议开会稳，录像自动分段，会后能按发言人找。',
    redeem: '管理后台“坐席—兑换”，填入代码，再指定给一位同事。',
    verify: '兑换后“坐席”列表多出一行，写着到期日。',
    binding: '坐席归公司空间，可以在同事之间改派', mustConfirm: false, devices: '电脑、手机、会议室主机', validity: '按所选时长，自兑换起算', keywords: ['镜湖', '会议', '办公', '坐席'],
    items: [
      ['月付坐席', 3900, '一个月，一次会最多 100 人。'],
      ['年付坐席', 36_800, '一年，含 200 小时云录像。', { from: [5, 20] }],
      ['大会坐席 一天', 18_800, '只开一天，最多 1000 人，兑换后三十天内选日子。'],
    ],
  },
  {
    shop: 'qinghe', category: 'software', goods: 'licence', brand: '槐荫思维', noun: '授权', face: '槐荫导图', colour: 'moss', keyFormat: 'code25', activations: 3,
    download: { url: `${site}/huaiyin`, version: '8.0' },
    intro: '槐荫思维画导图，枝条会自己让开，几百个节点也看得清。',
    redeem: '“我的账户—兑换授权”，填入代码，手机和电脑同时生效。',
    verify: '导出时不再出现水印，就说明授权已经生效。',
    binding: '绑定账户，三台设备', mustConfirm: false, devices: '手机、平板、电脑', validity: '按所选时长', keywords: ['槐荫', '导图', '学习', '授权'],
    items: [
      ['一年', 5800, '一年期，导出格式不受限。'],
      ['永久版', 16_800, '永久授权，适合常做读书笔记的人。'],
      ['双人一年', 8800, '两个账户互相分享，一个代码开通两个人。', { activations: 6 }],
    ],
    promises: lasting('一次购买，没有使用期限；以后的小版本免费，换设备不用另买。'),
  },
];
