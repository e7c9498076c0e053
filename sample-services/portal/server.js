// The customer portal: shows a license as the license authority has it.
import axios from 'axios';
import express from 'express';

const authority = axios.create({ baseURL: process.env.AUTHORITY_URL, timeout: 500 });
const app = express();

app.get('/health', (request, response) => response.json({ up: true }));

app.get('/portal/licenses/:id', async (request, response) => {
  let license;
  try {
    license = (await authority.get(`/licenses/${encodeURIComponent(request.params.id)}`)).data;
  } catch (error) {
    const status = error.response?.status === 404 ? 404 : 503;
    return response.status(status).json({ title: status === 404 ? 'no such license' : 'try again later' });
  }
  const end = new Date(license.validUntil);
  if (Number.isNaN(end.getTime())) {
    return response.status(502).json({ title: 'the authority sent a license without an end' });
  }
  return response.json({
    license: license.id,
    seats: `${license.seats} seats`,
    holder: license.holder ?? 'not named',
    until: end.getUTCFullYear(),
  });
});

app.listen(Number(process.argv[2]), '127.0.0.1');
