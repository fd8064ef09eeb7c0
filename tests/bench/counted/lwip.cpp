// The lifetime of tests/bench/lifetime.hpp in lwIP, through two of its interfaces in one process:
// handshake, a request of 100 octets, a reply of 1000, both ends closed, and TIME-WAIT over. What
// one interface sends is handed to the other when the stack has returned, so that, as in the lab,
// every segment has its bytes and checksums made and checked. Prints the segments of the last.
// Its options declare functions and forget that C++ may read them.
extern "C" {
#include <lwip/opt.h>
}
#include <lwip/init.h>
#include <lwip/ip4.h>
#include <lwip/netif.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/sys.h>
#include <lwip/tcp.h>
#include <lwip/tcpip.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <vector>

namespace {

constexpr u16_t kPort = 80;
constexpr u16_t kRequest = 100;
constexpr u16_t kReply = 1000;

struct Wire {
  std::deque<std::pair<netif*, pbuf*>> in_flight;
  unsigned segments = 0;
};
Wire wire;
netif client_if;
netif server_if;

err_t output(netif* from, pbuf* packet, const ip4_addr_t*) {
  pbuf* copy = pbuf_clone(PBUF_RAW, PBUF_RAM, packet);
  wire.in_flight.emplace_back(from == &client_if ? &server_if : &client_if, copy);
  ++wire.segments;
  return ERR_OK;
}

err_t set_up(netif* which) {
  which->output = output;
  which->mtu = 1500;
  which->name[0] = 'x';
  which->flags = NETIF_FLAG_UP | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

void add(netif& which, u8_t last) {
  ip4_addr_t address;
  ip4_addr_t mask;
  ip4_addr_t gateway;
  IP4_ADDR(&address, 10, 0, last, 1);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gateway, 0, 0, 0, 0);
  netif_add(&which, &address, &mask, &gateway, nullptr, set_up, ip4_input);
}

void carry_all() {
  while (!wire.in_flight.empty()) {
    const auto [to, packet] = wire.in_flight.front();
    wire.in_flight.pop_front();
    ip4_input(packet, to);
  }
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "lwip: %s\n", what);
  std::exit(1);
}

struct End {
  tcp_pcb* pcb = nullptr;
  unsigned received = 0;
  bool end_of_stream = false;
};

err_t take(void* argument, tcp_pcb* pcb, pbuf* text, err_t) {
  auto& end = *static_cast<End*>(argument);
  if (text == nullptr) {
    end.end_of_stream = true;
    return ERR_OK;
  }
  end.received += text->tot_len;
  tcp_recved(pcb, text->tot_len);
  pbuf_free(text);
  return ERR_OK;
}

void open(End& end, tcp_pcb* pcb) {
  end.pcb = pcb;
  tcp_arg(pcb, &end);
  tcp_recv(pcb, take);
}

err_t accepted(void* argument, tcp_pcb* pcb, err_t) {
  open(*static_cast<End*>(argument), pcb);
  return ERR_OK;
}

void send(End& end, u16_t octets) {
  static const std::vector<char> text(kReply, 'x');
  require(tcp_write(end.pcb, text.data(), octets, TCP_WRITE_FLAG_COPY) == ERR_OK, "tcp_write");
  tcp_output(end.pcb);
  carry_all();
  tcp_fasttmr();  // delayed ACKs leave
  carry_all();
}

void close(End& end) {
  tcp_recv(end.pcb, nullptr);
  tcp_arg(end.pcb, nullptr);
  require(tcp_close(end.pcb) == ERR_OK, "tcp_close");
  carry_all();
}

void live() {
  wire.segments = 0;
  End client;
  End server;
  tcp_pcb* fresh = tcp_new();
  ip_addr_t server_address = server_if.ip_addr;
  tcp_bind_netif(fresh, &server_if);
  tcp_bind(fresh, &server_address, kPort);
  tcp_pcb* listener = tcp_listen(fresh);
  tcp_arg(listener, &server);
  tcp_accept(listener, accepted);

  tcp_pcb* pcb = tcp_new();
  tcp_bind_netif(pcb, &client_if);
  tcp_bind(pcb, &client_if.ip_addr, 0);
  open(client, pcb);
  tcp_connect(pcb, &server_address, kPort, [](void*, tcp_pcb*, err_t) -> err_t { return ERR_OK; });
  carry_all();
  require(server.pcb != nullptr, "no handshake");
  send(client, kRequest);
  send(server, kReply);
  require(server.received == kRequest && client.received == kReply, "text is missing");
  close(client);
  require(server.end_of_stream, "no end of the stream");
  close(server);
  tcp_ticks += 2 * TCP_MSL / TCP_SLOW_INTERVAL + 1;
  tcp_slowtmr();
  require(tcp_tw_pcbs == nullptr && tcp_active_pcbs == nullptr, "something is left");
  tcp_close(listener);
}

}  // namespace

int main(int, char** argv) {
  sys_init();
  lwip_init();
  sys_mutex_new(&lock_tcpip_core);  // this is the only thread
  LOCK_TCPIP_CORE();
  add(client_if, 1);
  add(server_if, 2);
  for (int i = std::atoi(argv[1]); i > 0; --i) live();
  std::printf("%u segments\n", wire.segments);
}
