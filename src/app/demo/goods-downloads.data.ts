import type { Family } from './family.ts';

const library = 'https://files.qinghe-library.example';

/** 青禾软件屋: files and courses, unlocked by a code. */
export const downloads: readonly Family[] = [
  {
    shop: 'qinghe', category: 'downloads', goods: 'download', brand: '纸鸢字库', noun: '字体', face: '纸鸢字库', colour: 'slate', keyFormat: 'free',
    download: { url: `${library}/zhiyuan`, version: '2026' },
    intro: '纸鸢字库的字由三个人写了四年，商用授权写在压缩包里，一份文件一个编号。',
    redeem: '打开下载页，输入提取码，下载压缩包，里面有安装说明。',
    verify: '下载页会显示文件大小和校验值，下载以后可以对一遍。',
    binding: '授权给一个人或一家公司，不能再分发', mustConfirm: true, devices: 'Windows、macOS、Linux', validity: '提取码一年内可以下载十次', keywords: ['纸鸢', '字体', '设计', '下载'],
    items: [
      ['楷体 三字重', 8800, '细、中、粗三个字重，六千七百六十三个字。'],
      ['仿宋 单字重', 3900, '适合排古籍和请柬，标点做过专门的宽度。'],
      ['手写体', 5900, '同一个字有两种写法，连着用不会一模一样。'],
      ['全家桶', 19_800, '三款合在一起，以后两年的修订也算在内。'],
    ],
  },
  {
    shop: 'qinghe', category: 'downloads', goods: 'download', brand: '白鹭素材', noun: '素材包', face: '白鹭素材', colour: 'sky', keyFormat: 'free',
    download: { url: `${library}/bailu`, version: '3' },
    intro: '白鹭素材由摄影师自己拍摄和录制，人像都有肖像授权书。',
    redeem: '在素材站登录后“提取素材”，输入代码，文件会出现在收藏夹。',
    verify: '收藏夹里能看到张数或段数，和标题一致。',
    binding: '商用授权给兑换的账号', mustConfirm: false, devices: '任何电脑', validity: '收藏夹里的文件可以反复下载', keywords: ['白鹭', '素材', '图片', '下载'],
    items: [
      ['江南雨景 80 张', 4900, '同一个镇子拍了三个春天，原片大小。'],
      ['市井声音 120 段', 6900, '早市、理发店、旧电梯，每段都写着录音地点。'],
      ['工厂延时 30 段', 8900, '4K，夜班的灯光，适合做片头。'],
      ['手绘植物 200 幅', 5900, '透明底，按科属分好文件夹。'],
    ],
  },
  {
    shop: 'qinghe', category: 'downloads', goods: 'download', brand: '拾阶课堂', noun: '课程', face: '拾阶课堂', colour: 'moss', keyFormat: 'code25',
    download: { url: `${library}/shijie`, version: '第 2 期' },
    intro: '拾阶课堂每节课不超过二十分钟，课后有作业，作业有人看。',
    redeem: '拾阶网站“我的课”里输入听课码，课程会留在账号里。',
    verify: '输入后显示课程名和节数，看到目录就是开通了。',
    binding: '听课码绑定一个账号，可以在三台设备上看', mustConfirm: true, devices: '网页、手机、平板', validity: '开通后两年内可以反复看，讲义可以下载', keywords: ['拾阶', '课程', '学习'],
    items: [
      ['从零写一个网页', 9900, '二十四节，最后一节把网页放到网上。'],
      ['表格里的账', 7900, '给开小店的人，十六节讲清进货、库存和毛利。'],
      ['把话说短', 5900, '十二节写作课，专改又长又绕的句子。'],
      ['拍好一碗面', 6900, '用手机拍食物，光从哪里来讲了五节。'],
      ['读懂劳动合同', 4900, '九节，逐条念一份真实合同，讲每一条管什么。'],
    ],
  },
  {
    shop: 'qinghe', category: 'downloads', goods: 'download', brand: '松果模板', noun: '模板', face: '松果模板', colour: 'pine', keyFormat: 'free',
    download: { url: `${library}/songguo`, version: '5.1' },
    intro: '松果模板都留着可以改的图层和样式，不是一张图片。',
    redeem: '下载页输入提取码，选格式，再选是否带示例文字。',
    verify: '解压以后先打开“说明”，里面列着每个文件的用途。',
    binding: '一份授权一个团队，可以给客户做成品，不能转卖模板', mustConfirm: false, devices: '墨笺文档 6、石榴表格 4 或兼容软件', validity: '提取码半年内有效', keywords: ['松果', '模板', '办公', '下载'],
    items: [
      ['简历 12 款', 1900, '没有花边，两种配色，能排进一页。'],
      ['年终汇报 40 页', 3900, '图表连着数据，改表格图就跟着变。'],
      ['婚礼请柬 8 款', 2900, '竖排和横排各四款，附信封尺寸。'],
      ['小店账本', 2500, '进货、赊账、盘点三张表，公式已经写好。'],
    ],
  },
  {
    shop: 'qinghe', category: 'downloads', goods: 'download', brand: '耳房有声', noun: '配乐', face: '耳房有声', colour: 'ochre', keyFormat: 'free',
    download: { url: `${library}/erfang`, version: '7' },
    intro: '耳房是两个人的录音棚，配乐都用真乐器录，版权登记号写在文件名里。',
    redeem: '在下载页输入提取码，选无损或压缩格式。',
    verify: '下载页能试听每一首的前三十秒，曲目数和标题一致。',
    binding: '授权用于自己的视频和播客，不限平台，不能单独发行', mustConfirm: true, devices: '任何能放音乐的设备', validity: '提取码一年内下载不限次数', keywords: ['耳房', '配乐', '音乐', '下载'],
    items: [
      ['清晨 10 首', 6900, '木吉他和口琴，适合做早餐视频。'],
      ['赶路 8 首', 5900, '鼓和低音提琴，节奏从每分钟九十拍起。'],
      ['旧物 6 首', 4900, '用一台走音的老钢琴录的，有一点杂音，是故意留的。'],
    ],
  },
  {
    shop: 'qinghe', category: 'downloads', goods: 'download', brand: '弦月乐谱', noun: '乐谱', face: '弦月乐谱', colour: 'slate', keyFormat: 'free',
    download: { url: `${library}/xianyue`, version: '2' },
    intro: '弦月乐谱给业余乐团改编曲子，难的地方写了简化指法。',
    redeem: '下载页输入提取码，得到总谱、分谱和一份示范录音。',
    verify: '压缩包里有目录，页数和分谱数都写着。',
    binding: '一份授权一个乐团，可以复印给团员，演出不另收费', mustConfirm: false, devices: '可打印，也可以用平板看', validity: '提取码一年内有效', keywords: ['弦月', '乐谱', '音乐', '下载'],
    items: [
      ['民歌六首 弦乐四重奏', 5900, '每首三到五分钟，第二小提琴也有好听的旋律。'],
      ['童谣十首 钢琴四手', 4500, '大人弹低声部，孩子弹高声部。'],
      ['山歌组曲 合唱', 6800, '四声部，附各声部的练习伴奏。'],
    ],
  },
];
