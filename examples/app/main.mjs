// Calls an API with Maskinporten as an app on Nais does (https://docs.nais.io/auth/maskinporten/how-to/consume/):
// it asks the pod's token endpoint for a token and sends it as Bearer. Nothing here knows that it runs on your machine.
const { NAIS_TOKEN_ENDPOINT, API_URL, SCOPE = 'skatteetaten:inntekt' } = process.env;

/** Texas keeps tokens and gives them again, so it is asked each time. */
async function getToken(target) {
  const response = await fetch(NAIS_TOKEN_ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identity_provider: 'maskinporten', target }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${target}: ${response.status} ${answer.error}. ${answer.error_description}`);
  return answer.access_token;
}

async function callApi(url, scope) {
  const response = await fetch(url, {
    headers: { accept: 'application/json', authorization: `Bearer ${await getToken(scope)}` },
  });
  return { status: response.status, body: await response.text() };
}

for (const name of ['NAIS_TOKEN_ENDPOINT', 'API_URL']) {
  if (!process.env[name]) {
    console.error(`${name} is missing. Start this with “Run the app” of tasks.json or launch.json.`);
    process.exit(2);
  }
}
try {
  const { status, body } = await callApi(API_URL, SCOPE);
  console.log(`The API answered ${status}`);
  console.log(body);
  process.exitCode = status === 200 ? 0 : 1;
} catch (error) {
  console.error(`No answer from the API. ${error.message}`);
  process.exitCode = 1;
}
