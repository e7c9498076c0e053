/**
 * The network side of the storm: the fault proxy of one edge, stubs that serve a contract, and an
 * exact replay client. Loopback only, on one small event loop.
 */
@NullMarked
package dev.codicil.storm.proxy;

import org.jspecify.annotations.NullMarked;
