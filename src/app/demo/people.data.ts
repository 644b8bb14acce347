import type { StaffRole } from '../../kit/viewer.ts';
import type { ShopKey } from './family.ts';

/** One password for all whom a visitor may play. identity refuses it to whoever registers. */
export const demoPassword = 'mengyue-demo';

export type PlayerKey =
  | 'buyer'
  | 'second'
  | 'merchant'
  | 'merchant2'
  | 'clerk'
  | 'operator'
  | 'support'
  | 'arbitrator'
  | 'arbitrator2'
  | 'arbitrator3';
export type Player = {
  readonly key: PlayerKey;
  /** As it is printed at the start. */
  readonly role: string;
  readonly login: string;
  readonly name: string;
  readonly owns?: ShopKey;
  readonly worksIn?: ShopKey;
  readonly staff?: readonly StaffRole[];
};

/** The accounts that are printed at the start. */
export const players: readonly Player[] = [
  { key: 'buyer', role: '买家 buyer', login: 'buyer@demo.mengyue', name: '许小行' },
  { key: 'second', role: '买家 buyer 2', login: 'buyer2@demo.mengyue', name: '陆小满' },
  {
    key: 'merchant',
    role: '商家 merchant',
    login: 'merchant@demo.mengyue',
    name: '沈松年',
    owns: 'songjian',
  },
  {
    key: 'merchant2',
    role: '商家 merchant 2',
    login: 'merchant2@demo.mengyue',
    name: '韩青禾',
    owns: 'qinghe',
  },
  { key: 'clerk', role: '店员 shop staff', login: 'staff@demo.mengyue', name: '周巧', worksIn: 'songjian' },
  {
    key: 'operator',
    role: '平台 operator',
    login: 'operator@demo.mengyue',
    name: '平台值班 顾澜',
    staff: ['admin', 'finance', 'risk'],
  },
  {
    key: 'support',
    role: '客服 support',
    login: 'support@demo.mengyue',
    name: '客服 林知夏',
    staff: ['support'],
  },
  {
    key: 'arbitrator',
    role: '仲裁 arbitrator',
    login: 'arbitrator@demo.mengyue',
    name: '仲裁员 方平',
    // Rules are announced by two people; in the demo the arbitrator is the second.
    staff: ['arbitrator', 'risk'],
  },
  {
    key: 'arbitrator2',
    role: '仲裁 arbitrator 2',
    login: 'arbitrator2@demo.mengyue',
    name: '仲裁员 江准',
    staff: ['arbitrator'],
  },
  {
    key: 'arbitrator3',
    role: '仲裁 arbitrator 3',
    login: 'arbitrator3@demo.mengyue',
    name: '仲裁员 白榆',
    // An appeal against a measure is heard by a third person.
    staff: ['arbitrator', 'risk'],
  },
];

/** Owners of the shops that nobody plays. */
export const otherOwners: Readonly<Record<Exclude<ShopKey, 'songjian' | 'qinghe'>, string>> = {
  nanqiao: '乔南生',
  tonghai: '郑海通',
  guizhou: '苏归舟',
  shiguang: '江拾光',
};

/** Buyers of the past month. */
export const crowd: readonly string[] = [
  '林晚舟',
  '陈以宁',
  '赵一诺',
  '孙若溪',
  '周子墨',
  '吴清越',
  '郑书白',
  '王简之',
  '冯念慈',
  '褚云深',
  '卫南星',
  '蒋听雨',
  '沈砚秋',
  '韩昭',
  '杨不语',
  '朱明远',
  '秦小鹿',
  '尤知夏',
  '许长安',
  '何田田',
  '吕青山',
  '施雨桐',
  '张北海',
  '孔令闻',
  '曹半夏',
  '严冬青',
  '华亦舒',
  '金满堂',
  '魏如风',
  '陶桃',
  '姜黎',
  '戚继明',
  '谢春生',
  '邹锦',
  '喻晓',
  '柏树林',
];
