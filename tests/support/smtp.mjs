// A mail server of a few lines: keeps who each message was for and its Message-ID. `silent`: takes the connection and
// never says a word, as a broken server does.
import {createServer} from 'node:net';

export async function mailServer({silent = false} = {}) {
    const sockets = new Set();
    const server = createServer(socket => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket)).on('error', () => {});
        if (silent) return;
        const say = line => socket.write(`${line}\r\n`);
        let rest = '', data = null, to = '';
        say('220 essai');
        socket.on('data', piece => {
            rest += piece.toString('latin1');
            for (let end; (end = rest.indexOf('\r\n')) >= 0;) {
                const line = rest.slice(0, end);
                rest = rest.slice(end + 2);
                if (data !== null) {
                    if (line !== '.') {
                        data += `${line}\n`;
                        continue;
                    }
                    mail.messages.push({to, id: /^Message-ID:\s*(\S+)/im.exec(data)?.[1]});
                    data = null;
                    say('250 OK');
                } else if (/^RCPT TO:/i.test(line)) {
                    to = /<(.*?)>/.exec(line)[1];
                    say('250 OK');
                } else if (/^DATA/i.test(line)) {
                    data = '';
                    say('354 go on');
                } else if (/^QUIT/i.test(line)) {
                    say('221 bye');
                } else {
                    say('250 OK');
                }
            }
        });
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    const mail = {
        messages: [],
        url: `smtp://127.0.0.1:${server.address().port}`,
        /** Connections open at this moment. */
        open: () => sockets.size,
        close() {
            for (const socket of sockets) socket.destroy();
            server.close();
        },
    };
    return mail;
}
