import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

// The baseline of the chat, a process of its own: Socket.IO tells a message to everybody else in a room and
// acknowledges it. It checks and keeps nothing. Its messages are as long as the product's: `EXAMPLE` is one of those.
const example = JSON.parse(process.env['EXAMPLE'] ?? '{}') as { id: string; content: object };
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
let sequence = 0;

io.on('connection', (socket) => {
  socket.on('open_chat', ({ room }: { room: string }, reply: (ack: object) => void) => {
    void socket.join(room);
    reply({ ok: true, data: {} });
  });
  socket.on(
    'chat_message',
    ({ room, id, content }: { room: string; id: string; content: object }, reply: (ack: object) => void) => {
      sequence += 1;
      const message = { ...example, id, content, sequence };
      socket.to(room).emit('chat_message', { message });
      reply({ ok: true, data: { message } });
    },
  );
});

http.listen(0, '127.0.0.1');
await once(http, 'listening');
process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
process.once('SIGTERM', () => process.exit(0));
