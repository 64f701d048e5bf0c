// Who may import whom. Each rule's comment is the reason, and is printed when it is broken (npm run check).
const otherWorkspaces = (...allowed) => {
  const all = ['protocol', 'media-worker', 'src', 'sdk', 'web', 'loadtest', 'test', 'scripts'];
  return `^(${all.filter((name) => !allowed.includes(name)).join('|')})/`;
};
const isSpec = '\\.spec\\.tsx?$';
/** What stands above the folders of the media core. */
const mediaDoor = '^media-worker/(index|media-server|media-room|settings)\\.ts$';
const features = '(auth|users|messages|rooms|attachments|chat|presence|websocket|analytics)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'protocol-imports-nothing-of-ours',
      comment:
        'The contract is read by server, SDK, page and load tester alike; whatever it imported, all of them would carry.',
      severity: 'error',
      from: { path: '^protocol/' },
      to: { path: otherWorkspaces('protocol') },
    },
    {
      name: 'media-worker-stands-alone',
      comment: 'The media core must be readable, testable and measurable without Nest, sockets or a database.',
      severity: 'error',
      from: { path: '^media-worker/' },
      to: { path: otherWorkspaces('protocol', 'media-worker') },
    },
    {
      name: 'media-worker-without-frameworks',
      comment: 'The media core must be readable, testable and measurable without Nest, sockets or a database.',
      severity: 'error',
      from: { path: '^media-worker/' },
      to: { path: 'node_modules/(@nestjs|socket\\.io|typeorm)|^(@nestjs/|socket\\.io|typeorm)' },
    },
    {
      name: 'media-worker-by-its-door',
      comment: 'Only src/websocket/media-host may use the media core, so that the server depends on one seam of it.',
      severity: 'error',
      from: { path: '^(src|sdk|web|loadtest)/', pathNot: ['^src/websocket/media-host[^/]*$'] },
      to: { path: '^media-worker/|^@minimeet/media-worker' },
    },
    {
      name: 'media-worker-index-only',
      comment: 'index.ts is the only door of the media core; what lies behind it may change freely.',
      severity: 'error',
      from: { path: '^(src|test|loadtest)/' },
      to: { path: '^media-worker/', pathNot: ['^media-worker/(index\\.ts|dist/index\\.(js|d\\.ts))$'] },
    },
    {
      name: 'media-worker-workers-below',
      comment: 'A slot and its worker know of no room and no participant, so that any room can be placed on them.',
      severity: 'error',
      from: { path: '^media-worker/workers/', pathNot: [isSpec] },
      to: { path: `^media-worker/(peer|forwarding)/|${mediaDoor}` },
    },
    {
      name: 'media-worker-forwarding-below',
      comment: 'A room forwards tracks to whoever views it; it knows its viewers by the interface Viewer alone.',
      severity: 'error',
      from: { path: '^media-worker/forwarding/', pathNot: [isSpec] },
      to: { path: `^media-worker/peer/|${mediaDoor}` },
    },
    {
      name: 'media-worker-peer-below',
      comment: 'A peer is made and forgotten by its room, which hears of its end by an event; it never reaches back.',
      severity: 'error',
      from: { path: '^media-worker/peer/', pathNot: [isSpec] },
      to: { path: mediaDoor },
    },
    {
      name: 'media-worker-telemetry-apart',
      comment: 'Counting and scheduling of samples is pure, whoever is sampled; else a metric could change what flows.',
      severity: 'error',
      from: { path: '^media-worker/telemetry/', pathNot: [isSpec] },
      to: { path: `^media-worker/(peer|forwarding|workers)/|${mediaDoor}` },
    },
    {
      name: 'features-keep-their-tables',
      comment:
        "A feature folder uses another's exported services, never its entities or repositories: a table has one owner.",
      severity: 'error',
      from: { path: `^src/${features}/`, pathNot: [isSpec] },
      to: { path: `^src/${features}/.*(\\.entity|\\.repository|repository)\\.ts$`, pathNot: ['^src/$1/'] },
    },
    {
      name: 'messages-lie-below',
      comment: 'Rooms count messages and the chat writes them: a store that looked up to either would make a circle.',
      severity: 'error',
      from: { path: '^src/messages/' },
      to: { path: `^src/${features}/`, pathNot: ['^src/messages/'] },
    },
    {
      name: 'rooms-without-chat',
      comment:
        'The chat asks rooms who may take part, and rooms tell facts that the chat listens to; they never ask it.',
      severity: 'error',
      from: { path: '^src/rooms/' },
      to: { path: '^src/(chat|attachments)/' },
    },
    {
      name: 'attachments-without-chat',
      comment:
        'The chat brings messages and their files together; a file knows of its message no more than the store does.',
      severity: 'error',
      from: { path: '^src/attachments/' },
      to: { path: '^src/chat/' },
    },
    {
      name: 'facts-after-the-commit',
      comment:
        'What became of a room or an account is told by the transaction that wrote it; a fact published by hand may be undone.',
      severity: 'error',
      from: { path: '^src/(rooms|users)/', pathNot: [isSpec] },
      to: { path: '^src/common/events/' },
    },
    {
      name: 'engines-behind-the-search',
      comment:
        'Another engine may find the messages: whoever searches knows MessageSearch and the words of a query, no index.',
      severity: 'error',
      from: { path: '^src/chat/' },
      to: { path: '^src/messages/search/(database|mysql|sqlite|ranking|windows|search-cursor)' },
    },
    {
      name: 'connection-knows-no-meeting',
      comment:
        'How requests come in and what goes out is the same whatever they are about; it stands below all that is.',
      severity: 'error',
      from: { path: '^src/websocket/connection/' },
      to: { path: '^src/websocket/', pathNot: ['^src/websocket/connection/'] },
    },
    {
      name: 'call-knows-no-request',
      comment:
        'Who is in a call, and with what media, is decided in one place; requests of every kind ask it, and it knows none of them.',
      severity: 'error',
      from: { path: '^src/websocket/call/' },
      to: {
        path: '^src/websocket/',
        pathNot: ['^src/websocket/(call|connection)/', '^src/websocket/media-host\\.ts$'],
      },
    },
    {
      name: 'subjects-side-by-side',
      comment:
        'Lobby, media, chat and presence stand on the call and not on each other, so that each can be read alone.',
      severity: 'error',
      from: { path: '^src/websocket/(lobby|media|chat|presence)/' },
      to: {
        path: '^src/websocket/',
        pathNot: ['^src/websocket/($1|call|connection)/', '^src/websocket/media-host\\.ts$'],
      },
    },
    {
      name: 'joining-and-moderation-apart',
      comment: 'Joining and moderation use the other subjects; whoever used them would make a circle, also of the two.',
      severity: 'error',
      from: { path: '^src/websocket/(joining|moderation)/' },
      to: {
        path: '^src/websocket/([^/]+$|joining|moderation)',
        pathNot: ['^src/websocket/$1/', '^src/websocket/media-host\\.ts$'],
      },
    },
    {
      name: 'analytics-only-listens',
      comment: 'Analytics subscribes to events; whoever imported it would make a call depend on being counted.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/analytics/', '^src/app\\.module\\.ts$', isSpec] },
      to: { path: '^src/analytics/' },
    },
    {
      name: 'common-knows-no-feature',
      comment: 'common/ is what features stand on; a feature in it would make a circle.',
      severity: 'error',
      from: { path: '^src/common/', pathNot: [isSpec, '^src/common/database/'] },
      to: { path: `^src/${features}/` },
    },
    {
      name: 'clients-without-server',
      comment:
        'SDK, page and load tester know the server by its protocol only, as a stranger writing another client does.',
      severity: 'error',
      from: { path: '^(sdk|web|loadtest)/' },
      to: { path: '^src/' },
    },
    {
      name: 'page-on-the-sdk',
      comment: 'The page uses the SDK and the protocol only: what it needs, other front ends need too.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: otherWorkspaces('web', 'sdk', 'protocol') },
    },
    {
      name: 'sdk-on-the-protocol',
      comment: 'The SDK is shipped to browsers: protocol and mediasoup-client, no page and no load tester.',
      severity: 'error',
      from: { path: '^sdk/' },
      to: { path: otherWorkspaces('sdk', 'protocol') },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'What runs in production must not need what only tests have.',
      severity: 'error',
      from: { path: '^(protocol|media-worker|src|sdk|web|loadtest)/', pathNot: [isSpec] },
      to: { path: `^test/|${isSpec}` },
    },
    {
      name: 'no-circles',
      comment: 'Files that import each other in a circle can only be understood, tested and loaded all at once.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'packages-are-declared',
      comment:
        "What a workspace imports stands in its own package.json: what lies in node_modules for another's sake goes when the other goes.",
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages-in-the-product',
      comment: 'What runs in production must not need what is installed for development only.',
      severity: 'error',
      from: { path: '^(protocol|media-worker|src|sdk|web/src|loadtest)/', pathNot: [isSpec, '(^|/)testing/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-is-found',
      comment: 'An import that resolves to nothing escapes the other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|\\.(css|svg|woff2)$|[?]worker$' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['minimeet-source', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.json'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
