// worker.c in Node; the package's folder is the argument.
'use strict'

const readline = require('node:readline')
const { Client } = require(process.argv[2])

async function main() {
  const client = new Client()
  console.log('ready')
  for await (const _ of readline.createInterface({ input: process.stdin })) {
    try {
      console.log(`ok ${(await client.token()).accessToken}`)
    } catch (error) {
      console.log(`error ${error.code} ${error.message}`)
    }
  }
}

main()
