/** Sentences of the app. What the register calls its things comes from the service (api/model.ts). */
export const zh = {
  app: {
    title: '水域隐患一张图', name: '水域隐患一张图', tagline: '一图一表 · 防溺水水域台账', sample: '示例数据', sampleLong: '示例数据：区划名称与边界为真实资料，水域与设施台账为程序生成，不代表实际情况。',
  },
  session: {
    checking: '正在连接…', link: '首次使用：请打开启动时终端显示的一次性登录链接。链接只能使用一次，登录后本浏览器保持登录状态。', again: '链接已用过？在服务器上重新运行 ./hazardmap up，会显示新的登录链接。',
    user: '用户名', password: '密码', enter: '登录', entering: '正在登录…', wrong: '用户名或密码不正确。', leave: '退出', ended: '登录已过期，请重新登录。',
    signedInAs: '当前用户', or: '或使用账号登录',
  },
  language: { zh: '中文', en: 'English' },
  totals: { waters: '水域', facilities: '设施' },
  one: { title: '四个一', present: '有', missing: '缺', missingCount: '缺 {count} 项', complete: '齐全' },
  map: {
    label: '水域隐患地图', layers: '图层', legend: '图例', fromZoom: '放大至 {zoom} 级以上可见', zoomIn: '放大', zoomOut: '缩小', home: '全域',
    zoomForSingles: '放大地图可查看单个水域与设施', failed: '地图未能加载', failedRemedy: '请检查服务是否在运行，然后重试。', noWebGl: '此浏览器不支持 WebGL，无法显示地图；台账仍可使用。',
    schematic: '示意，不作测绘依据', loading: '正在绘制地图…', all: '全选', none: '全不选', cutoff: '影响范围（{distance}）',
  },
  ledger: {
    title: '水域台账', search: '搜索名称、编号、乡镇…', kind: '全部类型', level: '全部级别', county: '全部县市', status: '全部状态', inView: '仅当前视图', clear: '清除筛选',
    count: '{shown} / {total} 处', loading: '正在载入 {loaded} / {total}', empty: '没有符合条件的水域', emptyRemedy: '放宽筛选条件，或移动地图。', none: '台账为空',
    noneRemedy: '用 ./hazardmap import 导入台账或 OSM 数据。', failed: '台账未能载入', capped: '仅载入风险最高的 {count} 处',
    column: { level: '级别', name: '名称', kind: '类型', place: '乡镇 / 村', ones: '四个一', score: '风险分' }, sortBy: '按{column}排序',
  },
  hazard: {
    ledger: '台账', people: '责任人', noPeople: '尚未登记责任人', noPeopleRemedy: '每处水域都应有责任人。', since: '自 {day}', close: '关闭', edit: '编辑',
    loading: '正在读取…', failed: '未能读取此水域', gone: '此水域已不存在，或不在您的辖区内。', flyTo: '定位', synthetic: '示例',
  },
  risk: {
    title: '风险依据', score: '风险分', rule: '规则 {rule}', exposure: '周边儿童暴露', factors: '调整因子', sum: '暴露合计', times: '× 因子',
    under5: '5岁以下 {count} 人', aged5To14: '5–14岁 {count} 人', none: '{distance}内没有登记儿童的设施', closed: '已销号的水域计 0 分。', source: '来源',
    more: '显示全部 {count} 处', less: '收起', noFactors: '无调整因子', sureness: { low: '依据：弱', medium: '依据：中', high: '依据：强' },
    how: '{distance}内每处有儿童的设施，按到水边的距离衰减计入暴露，再乘以水域本身的各项因子。', failed: '未能读取风险依据', unscored: '未评',
    reachIs: '得分最高的河段：第 {ordinal} 段（共 {of} 段）', reachFrom: '自起点 {from} 至 {to}',
  },
  factor: { incidents: '历史事件', month: '月份', hour: '时段', unknown: '未填', absent: '无', present: '有' },
  edit: {
    title: '编辑水域', save: '保存', saving: '正在保存…', cancel: '取消', unset: '未填', saved: '已保存，风险分已重新计算。', nothing: '没有改动', stale: '此水域刚被他人修改',
    staleRemedy: '您的修改尚未保存。下面是现在的记录与您的填写，请选择。', now: '现在', yours: '您的填写', keepTheirs: '采用现在的记录', applyMine: '仍保存我的修改', failed: '未能保存',
    yes: '有', no: '无',
  },
  coverage: {
    title: '服务覆盖', kind: '设施', within: '服务半径', demand: '服务对象', level: '统计到', running: '正在计算…', total: '总覆盖率', of: '{covered} / {demand}',
    share: '覆盖率', need: '需求', nearest: '最近距离（中位 / 90% / 最远）', median: '中位距离', gaps: '未覆盖点', gapsCount: '未覆盖 {count} 处',
    truncated: '仅列出前 {count} 处', noGaps: '全部覆盖', noDemand: '无需求', classes: '覆盖率分级', failed: '未能计算覆盖', geodesic: '椭球面直线距离', division: '区划',
  },
  run: {
    pages: { quick: '快速查询', runs: '分析运行' }, runs: '分析运行', all: '全部运行', new: '新建运行', start: '开始运行', cancel: '取消运行', progress: '运行进度',
    noRuns: '还没有运行。新建一次运行：选设施、服务对象、出行方式与分级。', mode: '出行方式', unit: '单位', minutes: '分钟',
    noRoads: '尚未导入道路：步行将按直线距离计算，驾车不可用。用 ./hazardmap import 导入 OpenStreetMap 数据后即可沿道路计算。', bands: '分级阈值',
    bandsHint: '由小到大，用空格分开；最后一个为服务阈值，恰好等于也算覆盖。', weights: '各级权重（分级法，可不填）', name: '名称', includePlanned: '计入规划设施', moreOptions: '更多选项',
    demandKind: '统计的设施', measure: '指标',
    measures: {
      Share: '覆盖率', NearestP50: '最近距离（中位）', ProviderRatio: '供需比（本区划）', TwoStep: '可达性 2SFCA', Stepped: '可达性 E2SFCA（分级）',
      Gaussian: '可达性 E2SFCA（高斯）', ThreeStep: '可达性 3SFCA',
    },
    measuresShort: {
      Share: '覆盖率', NearestP50: '中位', ProviderRatio: '供需比', TwoStep: '人均', Stepped: '人均', Gaussian: '人均', ThreeStep: '人均',
    },
    compare: '与另一次运行对比', noComparison: '不对比', compared: '总覆盖率 {before} → {now}；下表与地图为变化。', change: '变化',
    distances: { geodesic: '椭球面直线距离', walk: '沿道路步行', drive: '沿道路驾车' }, supply: '{supplies} 处设施，容量 {capacity}',
    error: '服务范围边界误差不超过 {metres} 米；覆盖人数按实际距离计算，不受绘图影响。', firstOf: '仅列出人数最多的 {shown} 处，共 {total} 处', inputs: '输入摘要',
    reproduce: '由全部输入计算的 SHA-256：摘要相同，结果必相同。', histogram: '到最近设施的距离（按人数）', people: '{count} 人', unreached: '{count} 人没有可到达的设施',
    export: '导出', areas: '服务范围',
  },
  worst: { title: '十大隐患', county: '县市', failed: '未能读取隐患排名', none: '这里没有已评分的水域' },
  whatIf: { title: '怎样最能降低风险', none: '没有可再降低的措施', failed: '未能估算措施' },
  changes: { title: '等级变化记录', none: '等级未曾变化', first: '首次评级', failed: '未能读取记录' },
  when: { title: '季节与时段', reference: '基准（夏季午后）', months: '月份', hours: '时段', shown: '显示 {month} {hour}的分值；基准（夏季午后）为 {score} 分。' },
  state: { retry: '重试', failed: '出错了', offline: '无法连接到服务。请检查网络，稍后重试。', loading: '正在载入…' },
  field: {
    list: '台账', worst: '十大', layers: '图层', coverage: '覆盖', expand: '展开面板', collapse: '收起面板', locate: '我的位置', locateFailed: '无法取得位置',
  },
  ways: { waiting: '{count} 项更改尚未计入，已等待 {seconds} 秒', current: '已是最新；上次更新 {moment}', parts: '门前 {door} + 道路 {path} + 岸边 {bank}' },
}

export type Messages = typeof zh
