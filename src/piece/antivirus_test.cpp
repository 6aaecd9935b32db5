// The antivirus, played by a clamd of a few lines: what is sound, what is not, and what happens while it is
// away. A real clamd is asked by bin/faults (tests/fautes/scenarios/antivirus.mjs).
#include <doctest/doctest.h>

#include <poll.h>

#include <atomic>
#include <thread>

#include "piece/atelier.hpp"
#include "piece/reception.hpp"
#include "piece/store.hpp"
#include "support/databases.hpp"
#include "support/fixtures.hpp"
#include "support/loopback.hpp"

namespace antivirus_test {
namespace {

const Instant jour = *base::parse_instant("2026-11-21T09:00:00Z");

/// Answers « FOUND » to what holds « DANGER », « OK » to the rest; silent when told so.
class FauxClamd {
public:
    FauxClamd() : fil_([this](const std::stop_token& arret) { servir(arret); }) {}
    FauxClamd(const FauxClamd&) = delete;
    FauxClamd& operator=(const FauxClamd&) = delete;
    [[nodiscard]] std::string adresse() const { return "tcp:" + ecoute_.address(); }
    std::atomic<bool> en_panne = false;

private:
    void servir(const std::stop_token& arret) const
    {
        while (!arret.stop_requested()) {
            pollfd p{ecoute_.fd(), POLLIN, 0};
            if (poll(&p, 1, 20) <= 0) continue;
            const int fd = accept4(ecoute_.fd(), nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) continue;
            if (!en_panne) repondre(fd);
            close(fd);
        }
    }
    static bool lire(int fd, std::string& out, std::size_t n)
    {
        out.resize(n);
        return n == 0 || recv(fd, out.data(), n, MSG_WAITALL) == static_cast<ssize_t>(n);
    }
    static void repondre(int fd)
    {
        std::string ordre, taille, morceau, contenu;
        if (!lire(fd, ordre, 10) || ordre != std::string_view{"zINSTREAM\0", 10}) return;
        for (;;) {
            if (!lire(fd, taille, 4)) return;
            std::size_t n = 0;
            for (const char c : taille) n = n << 8 | static_cast<unsigned char>(c);
            if (n == 0) break;
            if (!lire(fd, morceau, n)) return;
            contenu += morceau;
        }
        const std::string_view reponse = contenu.find("DANGER") != std::string::npos
                                             ? std::string_view{"stream: Essai.Danger FOUND\0", 27}
                                             : std::string_view{"stream: OK\0", 11};
        static_cast<void>(send(fd, reponse.data(), reponse.size(), MSG_NOSIGNAL));
    }

    test::Loopback ecoute_;
    std::jthread fil_; // last: it stops before what it listens to closes
};

} // namespace

TEST_CASE("un fichier n’est rangé qu’une fois l’antivirus d’accord ; dangereux, il reste en quarantaine")
{
    test::for_each_engine([](db::Database& db) {
        FauxClamd clamd;
        auto config = test::scratch_config();
        config.antivirus = clamd.adresse();
        piece::Fichiers fichiers{config};
        const auto recevoir = [&](std::string_view octets) {
            const auto r = piece::recevoir(fichiers, {"fichiers", "a.txt", "", octets});
            REQUIRE(r);
            return db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, *r, jour).id; });
        };
        const auto etat = [&](const Id<piece::Piece>& id) {
            auto tx = db.read();
            return piece::store::trouver(tx, id)->etat;
        };
        const auto sain = recevoir("Madame, Monsieur,");
        const auto mauvais = recevoir("DANGER caché dans un texte");
        CHECK(etat(sain) == piece::Etat::EnVerification);
        const auto bilan = piece::preparer_fichiers(db, fichiers, base::Clock{jour});
        CHECK(bilan.rangees == 1);
        CHECK(bilan.quarantaine == 1);
        CHECK(etat(sain) == piece::Etat::Saine);
        CHECK(etat(mauvais) == piece::Etat::Quarantaine);
        {
            auto tx = db.read();
            const auto p = piece::store::trouver(tx, mauvais);
            CHECK(p->motif == "Essai.Danger");
            CHECK_FALSE(p->disponible());
            CHECK_FALSE(fichiers.magasin->existe(p->sha256));
        }
        CHECK(piece::preparer_fichiers(db, fichiers, base::Clock{jour.plus_days(1)}).vide());
    });
}

TEST_CASE("tant que l’antivirus ne répond pas les fichiers attendent, puis sont vérifiés")
{
    test::for_each_engine([](db::Database& db) {
        FauxClamd clamd;
        clamd.en_panne = true;
        auto config = test::scratch_config();
        config.antivirus = clamd.adresse();
        piece::Fichiers fichiers{config};
        std::vector<Id<piece::Piece>> ids;
        for (const auto* octets : {"un", "deux"}) {
            const auto r = piece::recevoir(fichiers, {"fichiers", "a.txt", "", octets});
            REQUIRE(r);
            ids.push_back(
                db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, *r, jour).id; }));
        }
        const auto bilan = piece::preparer_fichiers(db, fichiers, base::Clock{jour});
        CHECK(bilan.rangees == 0);
        CHECK(bilan.reportees == 2); // the second one without asking: one probe for all
        {
            auto tx = db.read();
            for (const auto& id : ids)
                CHECK(piece::store::trouver(tx, id)->etat == piece::Etat::EnVerification);
        }
        clamd.en_panne = false;
        fichiers.antivirus_absent.fermer(); // fifteen seconds later
        CHECK(piece::preparer_fichiers(db, fichiers, base::Clock{jour.plus_seconds(60)}).rangees == 2);
    });
}

TEST_CASE("une réponse de l’antivirus qui n’est pas un oui net n’est pas un oui")
{
    using piece::Verdict;
    CHECK(piece::lire_reponse_clamd("stream: OK").verdict == Verdict::Sain);
    const auto trouve = piece::lire_reponse_clamd("stream: Eicar-Test FOUND");
    CHECK(trouve.verdict == Verdict::Infecte);
    CHECK(trouve.detail == "Eicar-Test");
    for (const auto* autre : {"", "OK", "stream: OK ", "stream:  FOUND",
                              "INSTREAM size limit exceeded. ERROR", "stream: Can't allocate memory ERROR"})
        CHECK(piece::lire_reponse_clamd(autre).verdict == Verdict::Absent);
    CHECK(piece::est_adresse_clamd("unix:/run/clamav/clamd.ctl"));
    CHECK(piece::est_adresse_clamd("tcp:127.0.0.1:3310"));
    for (const auto* autre :
         {"", "unix:", "unix:clamd", "tcp:3310", "tcp::3310", "tcp:hote:", "tcp:hote:abc", "127.0.0.1:3310"})
        CHECK_FALSE(piece::est_adresse_clamd(autre));
}

} // namespace antivirus_test
