use std::{
    io,
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// The way to a server of another make, which can be cut and opened again while that server goes on.
pub struct Passage {
    port: u16,
    gate: Arc<Mutex<Gate>>,
}

struct Gate {
    is_open: bool,
    is_over: bool,
    /// Both ends of all that went through.
    ends: Vec<TcpStream>,
}

impl Passage {
    /// To this port of this machine.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let gate = Arc::new(Mutex::new(Gate { is_open: true, is_over: false, ends: Vec::new() }));
        let passage = Self { port: listener.local_addr().unwrap().port(), gate: gate.clone() };
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let mut gate = gate.lock().unwrap();
                if gate.is_over {
                    return;
                }
                if gate.is_open
                    && let Ok(far) = TcpStream::connect((Ipv4Addr::LOCALHOST, port))
                {
                    gate.let_through(near, far);
                }
            }
        });
        passage
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whatever is on its way breaks off, and whoever comes is turned away at once.
    pub fn cut(&self) {
        let mut gate = self.gate.lock().unwrap();
        gate.is_open = false;
        gate.break_off();
    }

    pub fn open(&self) {
        self.gate.lock().unwrap().is_open = true;
    }
}

impl Gate {
    fn let_through(&mut self, near: TcpStream, far: TcpStream) {
        for (from, to) in [(&near, &far), (&far, &near)] {
            let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
            to.set_nodelay(true).unwrap();
            thread::spawn(move || {
                let _ = io::copy(&mut from, &mut to);
                let _ = to.shutdown(Shutdown::Write);
            });
        }
        self.ends.extend([near, far]);
    }

    fn break_off(&mut self) {
        self.ends.drain(..).for_each(|end| drop(end.shutdown(Shutdown::Both)));
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        if let Ok(mut gate) = self.gate.lock() {
            gate.is_over = true;
            gate.break_off();
        }
        // Whoever waits there for the next one sees that it is over.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}
