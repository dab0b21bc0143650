// Logs in and says who it was. Ctrl-C gives up.
import { BmauthError, Client } from 'bmauth';

const client = new Client();
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());

try {
  for await (const event of client.loginEvents({ signal: interrupted.signal })) {
    if (event.type === 'prompt') {
      console.log(`Open ${event.verificationUri} and enter ${event.userCode}.`);
      console.log('Only continue if you started this.');
    } else if (event.type === 'done') {
      console.log(`Logged in as ${event.report.text('/identity/email')}.`);
    }
  }
} catch (error) {
  if (interrupted.signal.aborted) {
    process.exitCode = 130;
  } else if (error instanceof BmauthError) {
    console.error(`${error.message} (${error.remedy})`);
    process.exitCode = error.exitStatus;
  } else {
    throw error;
  }
} finally {
  client.close();
}
