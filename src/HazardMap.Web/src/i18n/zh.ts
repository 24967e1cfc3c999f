export const zh = {
  app: { title: '水域隐患一张图', name: '水域隐患一张图', tagline: '一图一表 · 防溺水水域台账', sample: '示例数据', sampleLong: '示例数据：区划名称与边界为真实资料，水域与设施台账为程序生成，不代表实际情况。' },
  session: {
    checking: '正在连接…', link: '首次使用：请打开启动时终端显示的一次性登录链接。链接只能使用一次，登录后本浏览器保持登录状态。',
    again: '链接已用过？在服务器上重新运行 ./hazardmap up，会显示新的登录链接。', user: '用户名', password: '密码', enter: '登录', entering: '正在登录…',
    wrong: '用户名或密码不正确。', leave: '退出', ended: '登录已过期，请重新登录。', signedInAs: '当前用户', or: '或使用账号登录',
  },
  language: { zh: '中文', en: 'English' },
  totals: { waters: '水域', facilities: '设施', },
  level: { Red: '红', Orange: '橙', Yellow: '黄', Blue: '蓝', None: '未评' },
  levelLong: { Red: '红色（重大）', Orange: '橙色（较大）', Yellow: '黄色（一般）', Blue: '蓝色（较低）', None: '未评分' },
  kind: { River: '河流', Stream: '溪流', Lake: '湖泊', Reservoir: '水库', Pond: '坑塘', Canal: '沟渠', Well: '水井/窖', Pit: '矿/砂坑', Weir: '堰坝', Other: '其他' },
  facility: {
    School: '学校', Kindergarten: '幼儿园', ChildrensHome: '儿童之家', SwimmingPool: '游泳池', CareHome: '养老机构', Canteen: '食堂', Bathhouse: '浴室',
    CounsellingRoom: '心理辅导室', SocialWorkStation: '社工站', ProtectionCentre: '未保中心',
  },
  status: { Active: '在管', Rectifying: '整改中', Closed: '已销号' },
  flow: { Still: '静水', Slow: '缓流', Fast: '急流' },
  bank: { Gentle: '缓坡', Steep: '陡坡', Sheer: '陡直' },
  access: { Open: '可自由到达', Restricted: '限制进入', Fenced: '已围挡' },
  one: { HasSign: '警示牌', HasRing: '救生圈', HasRope: '救生绳', HasPole: '救生杆', HasCamera: '监控', title: '四个一', present: '有', missing: '缺', missingCount: '缺 {count} 项', complete: '齐全' },
  role: { Leader: '责任领导', Owner: '权属责任人', Warden: '巡查看护员', Inspector: '检查员', Rescuer: '救援人员' },
  map: {
    label: '水域隐患地图', layers: '图层', legend: '图例', waters: '水域', facilities: '设施', borders: '区划边界', rivers: '河流', reach: '3 公里影响范围',
    zoomIn: '放大', zoomOut: '缩小', home: '全域', zoomForSingles: '放大地图可查看单个水域与设施', cell: '{count} 处水域', cellRed: '其中红色 {count} 处', failed: '地图未能加载',
    failedRemedy: '请检查服务是否在运行，然后重试。', noWebGl: '此浏览器不支持 WebGL，无法显示地图；台账仍可使用。', schematic: '示意，不作测绘依据',
    clickToZoom: '点击放大', loading: '正在绘制地图…', all: '全选', none: '全不选',
  },
  ledger: {
    title: '水域台账', search: '搜索名称、编号、乡镇…', kind: '全部类型', level: '全部级别', county: '全部县市', status: '全部状态', inView: '仅当前视图', clear: '清除筛选',
    count: '{shown} / {total} 处', loading: '正在载入 {loaded} / {total}', empty: '没有符合条件的水域', emptyRemedy: '放宽筛选条件，或移动地图。', none: '台账为空',
    noneRemedy: '用 ./hazardmap import 导入台账或 OSM 数据。', failed: '台账未能载入', capped: '仅载入风险最高的 {count} 处',
    column: { level: '级别', name: '名称', kind: '类型', place: '乡镇 / 村', ones: '四个一', score: '风险分' }, sortBy: '按{column}排序',
  },
  hazard: {
    kind: '类型', division: '所在区划', owner: '权属单位', depth: '水深', flow: '流速', bank: '岸坡', access: '通行', status: '状态', inspected: '最近检查', due: '下次检查',
    position: '经纬度', source: '来源', updated: '更新', version: '版本', metres: '米', ledger: '台账', people: '责任人', noPeople: '尚未登记责任人', noPeopleRemedy: '每处水域都应有责任人。',
    since: '自 {day}', close: '关闭', edit: '编辑', loading: '正在读取…', failed: '未能读取此水域', gone: '此水域已不存在，或不在您的辖区内。', flyTo: '定位', 
    synthetic: '示例', 
  },
  risk: {
    title: '风险依据', score: '风险分', rule: '规则 {rule}', exposure: '周边儿童暴露', factors: '调整因子', sum: '暴露合计', times: '× 因子', 
    under5: '5岁以下 {count} 人', aged5To14: '5–14岁 {count} 人', none: '3 公里内没有登记儿童的设施', closed: '已销号的水域计 0 分。', source: '来源', walk: '步行', more: '显示全部 {count} 处', less: '收起', noFactors: '无调整因子',
    sureness: { low: '依据：弱', medium: '依据：中', high: '依据：强' }, how: '3 公里内每处有儿童的设施，按到水边的距离衰减计入暴露，再乘以水域本身的各项因子。', failed: '未能读取风险依据',
  },
  factor: { kind: '类型', depth: '水深', flow: '流速', bank: '岸坡', access: '通行', sign: '警示牌', ring: '救生圈', rope: '救生绳', pole: '救生杆', camera: '监控', incidents: '历史事件', month: '月份', hour: '时辰', unknown: '未填', absent: '无', present: '有' },
  edit: {
    title: '编辑水域', save: '保存', saving: '正在保存…', cancel: '取消', unset: '未填', saved: '已保存，风险分已重新计算。', nothing: '没有改动', 
    stale: '此水域刚被他人修改', staleRemedy: '您的修改尚未保存。下面是现在的记录与您的填写，请选择。', now: '现在', yours: '您的填写', keepTheirs: '采用现在的记录', applyMine: '仍保存我的修改', failed: '未能保存', yes: '有', no: '无',
  },
  coverage: {
    title: '服务覆盖', kind: '设施', within: '服务半径', demand: '服务对象', level: '统计到', running: '正在计算…', total: '总覆盖率', of: '{covered} / {demand}', share: '覆盖率', need: '需求', nearest: '最近距离（中位 / 90% / 最远）',
    median: '中位距离', gaps: '未覆盖点', gapsCount: '未覆盖 {count} 处', truncated: '仅列出前 {count} 处', noGaps: '全部覆盖', noDemand: '无需求', classes: '覆盖率分级', failed: '未能计算覆盖', geodesic: '椭球面直线距离',
    demands: { pupils: '学生', children: '儿童', elders: '老人', points: '点位' }, levels: { County: '县市', Township: '乡镇', Village: '村' }, division: '区划', 
  },
  state: { retry: '重试', failed: '出错了', offline: '无法连接到服务。请检查网络，稍后重试。', loading: '正在载入…' },
  field: { list: '台账', layers: '图层', coverage: '覆盖', expand: '展开面板', collapse: '收起面板', locate: '我的位置', locateFailed: '无法取得位置' },
}

export type Messages = typeof zh
